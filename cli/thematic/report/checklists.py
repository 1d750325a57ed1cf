"""The items of two reporting checklists, in the words in which they were published.

COREQ: Tong, Sainsbury and Craig 2007, Table 1, doi 10.1093/intqhc/mzm042. SRQR: O'Brien,
Harris, Beckman, Reed and Cook 2014, Table 1, doi 10.1097/ACM.0000000000000388. A reviewer
compares them with the original, so nothing is shortened.
"""

from __future__ import annotations

from thematic.model.nouns import dataclass


@dataclass(frozen=True)
class Item:
    """One item: its number as printed, its name and its question or description."""

    standard: str  # COREQ or SRQR
    number: str
    name: str
    question: str


_COREQ = (
    ("Interviewer/facilitator", "Which author/s conducted the interview or focus group?"),
    ("Credentials", "What were the researcher's credentials? E.g. PhD, MD"),
    ("Occupation", "What was their occupation at the time of the study?"),
    ("Gender", "Was the researcher male or female?"),
    ("Experience and training", "What experience or training did the researcher have?"),
    (
        "Relationship established",
        "Was a relationship established prior to study commencement?",
    ),
    (
        "Participant knowledge of the interviewer",
        "What did the participants know about the researcher? e.g. personal goals, reasons for "
        "doing the research",
    ),
    (
        "Interviewer characteristics",
        "What characteristics were reported about the interviewer/facilitator? e.g. Bias, "
        "assumptions, reasons and interests in the research topic",
    ),
    (
        "Methodological orientation and Theory",
        "What methodological orientation was stated to underpin the study? e.g. grounded theory, "
        "discourse analysis, ethnography, phenomenology, content analysis",
    ),
    (
        "Sampling",
        "How were participants selected? e.g. purposive, convenience, consecutive, snowball",
    ),
    (
        "Method of approach",
        "How were participants approached? e.g. face-to-face, telephone, mail, email",
    ),
    ("Sample size", "How many participants were in the study?"),
    ("Non-participation", "How many people refused to participate or dropped out? Reasons?"),
    (
        "Setting of data collection",
        "Where was the data collected? e.g. home, clinic, workplace",
    ),
    (
        "Presence of non-participants",
        "Was anyone else present besides the participants and researchers?",
    ),
    (
        "Description of sample",
        "What are the important characteristics of the sample? e.g. demographic data, date",
    ),
    (
        "Interview guide",
        "Were questions, prompts, guides provided by the authors? Was it pilot tested?",
    ),
    ("Repeat interviews", "Were repeat interviews carried out? If yes, how many?"),
    (
        "Audio/visual recording",
        "Did the research use audio or visual recording to collect the data?",
    ),
    (
        "Field notes",
        "Were field notes made during and/or after the interview or focus group?",
    ),
    ("Duration", "What was the duration of the interviews or focus group?"),
    ("Data saturation", "Was data saturation discussed?"),
    (
        "Transcripts returned",
        "Were transcripts returned to participants for comment and/or correction?",
    ),
    ("Number of data coders", "How many data coders coded the data?"),
    (
        "Description of the coding tree",
        "Did authors provide a description of the coding tree?",
    ),
    ("Derivation of themes", "Were themes identified in advance or derived from the data?"),
    ("Software", "What software, if applicable, was used to manage the data?"),
    ("Participant checking", "Did participants provide feedback on the findings?"),
    (
        "Quotations presented",
        "Were participant quotations presented to illustrate the themes / findings? Was each "
        "quotation identified? e.g. participant number",
    ),
    (
        "Data and findings consistent",
        "Was there consistency between the data presented and the findings?",
    ),
    ("Clarity of major themes", "Were major themes clearly presented in the findings?"),
    (
        "Clarity of minor themes",
        "Is there a description of diverse cases or discussion of minor themes?",
    ),
)
_SRQR = (
    (
        "Title",
        "Concise description of the nature and topic of the study Identifying the study as "
        "qualitative or indicating the approach (e.g., ethnography, grounded theory) or data "
        "collection methods (e.g., interview, focus group) is recommended",
    ),
    (
        "Abstract",
        "Summary of key elements of the study using the abstract format of the intended "
        "publication; typically includes background, purpose, methods, results, and conclusions",
    ),
    (
        "Problem formulation",
        "Description and significance of the problem/phenomenon studied; review of relevant "
        "theory and empirical work; problem statement",
    ),
    (
        "Purpose or research question",
        "Purpose of the study and specific objectives or questions",
    ),
    (
        "Qualitative approach and research paradigm",
        "Qualitative approach (e.g., ethnography, grounded theory, case study, phenomenology, "
        "narrative research) and guiding theory if appropriate; identifying the research paradigm "
        "(e.g., postpositivist, constructivist/interpretivist) is also recommended; rationale",
    ),
    (
        "Researcher characteristics and reflexivity",
        "Researchers' characteristics that may influence the research, including personal "
        "attributes, qualifications/experience, relationship with participants, assumptions, "
        "and/or presuppositions; potential or actual interaction between researchers' "
        "characteristics and the research questions, approach, methods, results, and/or "
        "transferability",
    ),
    ("Context", "Setting/site and salient contextual factors; rationale"),
    (
        "Sampling strategy",
        "How and why research participants, documents, or events were selected; criteria for "
        "deciding when no further sampling was necessary (e.g., sampling saturation); rationale",
    ),
    (
        "Ethical issues pertaining to human subjects",
        "Documentation of approval by an appropriate ethics review board and participant consent, "
        "or explanation for lack thereof; other confidentiality and data security issues",
    ),
    (
        "Data collection methods",
        "Types of data collected; details of data collection procedures including (as "
        "appropriate) start and stop dates of data collection and analysis, iterative process, "
        "triangulation of sources/methods, and modification of procedures in response to evolving "
        "study findings; rationale",
    ),
    (
        "Data collection instruments and technologies",
        "Description of instruments (e.g., interview guides, questionnaires) and devices (e.g., "
        "audio recorders) used for data collection; if/how the instrument(s) changed over the "
        "course of the study",
    ),
    (
        "Units of study",
        "Number and relevant characteristics of participants, documents, or events included in "
        "the study; level of participation (could be reported in results)",
    ),
    (
        "Data processing",
        "Methods for processing data prior to and during analysis, including transcription, data "
        "entry, data management and security, verification of data integrity, data coding, and "
        "anonymization/deidentification of excerpts",
    ),
    (
        "Data analysis",
        "Process by which inferences, themes, etc., were identified and developed, including the "
        "researchers involved in data analysis; usually references a specific paradigm or "
        "approach; rationale",
    ),
    (
        "Techniques to enhance trustworthiness",
        "Techniques to enhance trustworthiness and credibility of data analysis (e.g., member "
        "checking, audit trail, triangulation); rationale",
    ),
    (
        "Synthesis and interpretation",
        "Main findings (e.g., interpretations, inferences, and themes); might include development "
        "of a theory or model, or integration with prior research or theory",
    ),
    (
        "Links to empirical data",
        "Evidence (e.g., quotes, field notes, text excerpts, photographs) to substantiate "
        "analytic findings",
    ),
    (
        "Integration with prior work, implications, transferability, and contribution(s) to the "
        "field",
        "Short summary of main findings; explanation of how findings and conclusions connect to, "
        "support, elaborate on, or challenge conclusions of earlier scholarship; discussion of "
        "scope of application/generalizability; identification of unique contribution(s) to "
        "scholarship in a discipline or field",
    ),
    ("Limitations", "Trustworthiness and limitations of findings"),
    (
        "Conflicts of interest",
        "Potential sources of influence or perceived influence on study conduct and conclusions; "
        "how these were managed",
    ),
    (
        "Funding",
        "Sources of funding and other support; role of funders in data collection, "
        "interpretation, and reporting",
    ),
)
COREQ = tuple(Item("COREQ", str(number), *item) for number, item in enumerate(_COREQ, start=1))
SRQR = tuple(Item("SRQR", f"S{number}", *item) for number, item in enumerate(_SRQR, start=1))
