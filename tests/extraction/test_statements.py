from __future__ import annotations


def told(findings, text: str) -> list[tuple[str, str, list[str]]]:
    by_id = {e.id: e.name for e in findings.entities}
    return [
        (
            by_id.get(s.speaker, s.speaker_span.of(text) if s.speaker_span else ""),
            s.kind.value,
            [c.of(text) for c in s.content],
        )
        for s in findings.statements
    ]


def check(extract, text: str, *expected: tuple[str, str, list[str]]) -> None:
    assert told(extract(text), text) == list(expected)


def test_a_direct_quotation_with_the_verb_behind(extract) -> None:
    check(extract, "“We will not give up,” said Anna Weber.", ("Anna Weber", "direct", ["“We will not give up,”"]))


def test_a_direct_quotation_with_the_verb_before(extract) -> None:
    check(extract, 'Anna Weber said: "We will stay here."', ("Anna Weber", "direct", ['"We will stay here."']))


def test_guillemets_and_old_double_quotes_count_too(extract) -> None:
    check(extract, "Anna Weber said: «We will stay here.»", ("Anna Weber", "direct", ["«We will stay here.»"]))
    check(extract, "Anna Weber said: ``We will stay here.''", ("Anna Weber", "direct", ["``We will stay here.''"]))


def test_a_split_quotation_is_one_statement(extract) -> None:
    text = '"The dam is safe today," said Anna Weber. "It will be safe tomorrow too."'
    check(extract, text, ("Anna Weber", "direct", ['"The dam is safe today,"', '"It will be safe tomorrow too."']))


def test_indirect_speech_leaves_out_that(extract) -> None:
    check(extract, "Anna Weber said that the dam was safe.", ("Anna Weber", "indirect", ["the dam was safe"]))


def test_speech_before_its_verb(extract) -> None:
    check(extract, "The dam was safe, Anna Weber said.", ("Anna Weber", "indirect", ["The dam was safe"]))


def test_quoted_parts_in_indirect_speech_make_it_mixed(extract) -> None:
    text = 'Anna Weber said that the dam was "as safe as a house" on Monday.'
    assert [k for _, k, _ in told(extract(text), text)] == ["mixed"]


def test_a_pronoun_speaker_is_resolved(extract) -> None:
    text = "Anna Weber came to Vienna. She said that the dam was safe."
    assert told(extract(text), text) == [("Anna Weber", "indirect", ["the dam was safe"])]


def test_according_to_names_the_speaker(extract) -> None:
    text = "According to Anna Weber, the dam was safe."
    assert told(extract(text), text) == [("Anna Weber", "indirect", ["the dam was safe"])]


def test_who_passed_it_on_is_kept_as_the_chain(extract) -> None:
    text = "Reuters reported that Anna Weber said the dam was safe."
    found = extract(text)
    by_id = {e.id: e.name for e in found.entities}
    assert [(by_id[s.speaker], [by_id[v] for v in s.via]) for s in found.statements] == [("Anna Weber", ["Reuters"])]


def test_an_apposition_between_speaker_and_verb(extract) -> None:
    text = "Anna Weber, an engineer at the Grain Board, said that the dam was safe."
    assert told(extract(text), text) == [("Anna Weber", "indirect", ["the dam was safe"])]


def test_the_day_of_the_utterance_is_kept(extract) -> None:
    (statement,) = extract("Anna Weber said on Monday that the dam was safe.").statements
    assert statement.date is not None
    assert statement.date.edtf == "2020-09-07"


def test_labelled_turns_of_an_interview(extract) -> None:
    text = (
        "RFE/RL: Is the dam safe?\n\nWEBER: Yes, it is quite safe.\n\nRFE/RL: Since when?\n\nWEBER: Since last year.\n"
    )
    found = told(extract("Anna Weber gave an interview.\n\n" + text), "Anna Weber gave an interview.\n\n" + text)
    assert ("Anna Weber", "direct", ["Yes, it is quite safe."]) in found


def test_speech_before_a_titled_speaker_leaves_the_title_out(extract) -> None:
    text = "The dam was quite safe, spokesman Karl Lopez said on Monday."
    assert told(extract(text), text) == [("Karl Lopez", "indirect", ["The dam was quite safe"])]


def test_the_wife_of_someone_can_speak(extract) -> None:
    text = "Karl Lopez was seized. His wife said that he was ill."
    assert told(extract(text), text) == [("His wife", "indirect", ["he was ill"])]
