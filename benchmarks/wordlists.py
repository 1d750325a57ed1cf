"""The words of made corpora: none begins as a word that a made rule owns."""

# About in the order of their frequency in talk: the first are drawn most often.
COMMON = """
the and to of a I that in it you was we they is for so on but this have with not be what were he
do there had are my at about people just from all like would as she because know when one if or
me then who think an them out time up had how their very went really some his can our said which
by your been into now could more no well him way over here her only other back did things after
day work years first where many us came family never want place got two something always before
house still even down also good again much around children old than these life father mother lot
new being thing through little long school money home different kind most own part always though
village other three used tell year between night next story end last men women brother sister
town end everything maybe friends ever world without small road any problem week each often
whole too young hard moment course anything almost far enough question few away whatever country
land room together morning nobody today reason point name bread side hand big question water
winter summer evening sometimes perhaps since until both every already rather later quite true
alone during against under possible rest letter city office market garden book car train phone
""".split()
# The same in the eyes of a reader of transcripts: letters that are not ASCII.
BEYOND_ASCII = ["café", "naïve", "Zoë", "Łódź", "Straße", "e\u0301te\u0301", "東京", "…", "—", "🙂"]

CONSONANTS = "bdgklmnprstv"
VOWELS = "aeiou"
STEM_ENDINGS = ("", "s", "ed", "ing", "ness", "ly")

# Regular English verbs: each form is the verb with an ending, and in every table of forms.
VERB_ENDINGS = ("", "s", "ed", "ing")
LONE_VERBS = """
borrow complain mourn betray frighten linger gather harvest recruit abduct plunder wander insult
obey annoy destroy deploy detain obtain explain inherit threaten surrender repair
""".split()
PAIRED_VERBS = """
accept avoid attend deliver defend collect abandon visit offer order follow demand reward support
suspect consider protect attack burn return
""".split()


def owned_stem(number: int) -> str:
    """The `number`-th stem that one rule owns: consonant and vowel in turn, six letters."""
    syllables = len(CONSONANTS) * len(VOWELS)
    place = number * 35_837 % syllables**3  # neighbours look unlike one another
    letters = ""
    for _ in range(3):
        place, syllable = divmod(place, syllables)
        letters += CONSONANTS[syllable % len(CONSONANTS)] + VOWELS[syllable // len(CONSONANTS)]
    return letters


def passing_word(number: int, letters: int = 6) -> str:
    """A made word that no rule owns: it begins with a vowel, as no owned stem does."""
    word = ""
    for place in range(letters):
        number, letter = divmod(number, 12 if place % 2 else 5)
        word += CONSONANTS[letter] if place % 2 else VOWELS[letter]
    return word
