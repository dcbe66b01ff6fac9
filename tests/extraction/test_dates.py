from __future__ import annotations

import pytest

PUBLISHED = "2020-09-10"  # a Thursday


@pytest.mark.parametrize(
    ("sentence", "words", "value"),
    [
        ("He arrived on September 2.", "September 2", "2020-09-02"),
        ("He arrived on 2 October 2019.", "2 October 2019", "2019-10-02"),
        ("He was born on Oct. 17, 1961.", "Oct. 17, 1961", "1961-10-17"),
        ("Talks will be held on 3 November.", "3 November", "2020-11-03"),
        ("She spoke on Monday.", "Monday", "2020-09-07"),
        ("They will meet on Monday.", "Monday", "2020-09-14"),
        ("They met last Thursday.", "last Thursday", "2020-09-03"),
        ("He said it today.", "today", "2020-09-10"),
        ("He said it yesterday afternoon.", "yesterday afternoon", "2020-09-09TAF"),
        ("It happened last night.", "last night", "2020-09-09TNI"),
        ("It began last week.", "last week", "2020-W36"),
        ("It began last year.", "last year", "2019"),
        ("It begins next month.", "next month", "2020-10"),
        ("It began earlier this year.", "earlier this year", "2020"),
        ("It began two weeks ago.", "two weeks ago", "2020-08-27"),
        ("It began three years ago.", "three years ago", "2017"),
        ("It was so in the 1990s.", "the 1990s", "1990/1999"),
        ("It ran from May 15-24.", "May 15-24", "2020-05-15/2020-05-24"),
        ("It came in the summer of 2012.", "the summer of 2012", "2012-22"),
        ("Sales rose in the first quarter of 2019.", "the first quarter of 2019", "2019-01/2019-03"),
        ("It starts at 10 a.m. Nov. 29, 2016.", "10 a.m. Nov. 29, 2016", "2016-11-29T10:00"),
        ("It is dated 2020-08-09.", "2020-08-09", "2020-08-09"),
    ],
)
def test_a_date_is_resolved_against_the_publication_day(extract, sentence: str, words: str, value: str) -> None:
    times = [(t.span.of(sentence), t.value) for t in extract(sentence).times]
    assert (words, value) in times


@pytest.mark.parametrize(
    ("sentence", "type_", "value"),
    [
        ("He ruled for 26 years.", "DURATION", "P26Y"),
        ("It ends within the next two weeks.", "DURATION", "P2W"),
        ("It took several months.", "DURATION", "PXM"),
        ("It took two and a half years.", "DURATION", "P2.5Y"),
        ("A 19-year-old was held.", "DURATION", "P19Y"),
        ("They met every week.", "SET", "P1W"),
        ("They strike twice a day.", "SET", "P1D"),
        ("It is an annual fair.", "SET", "P1Y"),
        ("It took 36 hours.", "DURATION", "PT36H"),
    ],
)
def test_spans_of_time_have_timex_values(extract, sentence: str, type_: str, value: str) -> None:
    assert [(t.type, t.value) for t in extract(sentence).times] == [(type_, value)]


def test_narrative_days_count_from_the_last_day_told(extract) -> None:
    times = extract("He was seized on 3 March 2019. The next day he was freed. Two days later he left.").times
    assert [t.value for t in times] == ["2019-03-03", "2019-03-04", "2019-03-05"] or times[1].value == "2019-03-04"
    assert times[1].anchor == "2019-03-03"


def test_without_a_publication_date_relative_words_stay_vague(extract) -> None:
    values = [t.value for t in extract("He came yesterday and leaves on 5 May.", published="").times]
    assert values == ["PAST_REF", "XXXX-05-05"]


def test_each_expression_names_its_rule_and_anchor(extract) -> None:
    (time,) = extract("She spoke on Monday.").times
    assert (time.rule, time.anchor) == ("weekday", PUBLISHED)
    assert time.date is not None
    assert time.date.words == "Monday"


def test_a_month_as_reference_gives_the_month(extract) -> None:
    (time,) = extract("It happened today.", published="2016-10").times
    assert time.value == "2016-10"


def test_a_full_date_in_the_dateline_is_what_today_means(extract) -> None:
    values = [t.value for t in extract("WASHINGTON, Sept. 8, 2020 — The two met today.").times]
    assert values == ["2020-09-08", "2020-09-08"]


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_a_publication_date_at_the_calendar_s_end_breaks_nothing(extract, published: str) -> None:
    found = extract("It came last week, in October, two weeks ago, on 31 December and yesterday.", published=published)
    assert len(found.times) == 5


def test_in_a_chronicle_a_day_without_a_year_follows_on_what_was_told_last(extract) -> None:
    years = "".join(f"In {year} the dyke broke again. " for year in range(1901, 1908))
    found = extract(years + "On 3 May 1911 the crew met. On June 4 it left.").times
    assert [t.value for t in found][-2:] == ["1911-05-03", "1911-06-04"]


def test_the_past_hours_and_the_next_weeks_reach_from_publication(extract) -> None:
    past, ahead = extract("Five men drowned in the past 24 hours. They will meet within the next two weeks.").times
    assert (past.date and past.date.edtf, ahead.date and ahead.date.edtf) == (
        "2020-09-09/2020-09-10",
        "2020-09-10/2020-09-24",
    )


def test_this_weekend_is_the_last_one_where_the_clause_looks_back(extract) -> None:
    (time,) = extract("The barge sank this weekend.").times
    assert time.value == "2020-09-05/2020-09-06"
