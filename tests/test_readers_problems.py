"""Many problems of one file are told in few words."""

from thematic.readers import read_text


def test_a_file_full_of_faults_is_told_in_a_few_lines() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\n" + "stray words\n\n" * 3000
    transcript, problems = read_text(text, id="x", suffix=".vtt")
    assert transcript is not None
    assert transcript.text.count("stray words") == 3000
    assert len(problems) == 51
    assert problems[-1].message.startswith("2,950 more such problems, the first: text outside")
    assert problems[-1].line == problems[-2].line + 2


def test_a_few_faults_are_told_each() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\n" + "stray words\n\n" * 50
    assert len(read_text(text, id="x", suffix=".vtt")[1]) == 50
