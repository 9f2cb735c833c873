"""Pages of a list: every row that is there throughout is met once, in every order."""

import itertools
from dataclasses import replace

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.filters import base, paging
from claims.filters.base import BadQuestion
from claims.filters.claims import ClaimFilter
from claims.filters.readers import Reader, claims_for, topics
from claims.models import Article, Claim, Topic
from tests.claims import make

pytestmark = pytest.mark.django_db

BOATS = "Boats\n\n" + "".join(f"Pier {n} had 3 boats{' boats' * (n % 3)}.\n" for n in range(40))
ORDERS = list(paging.orderings(Claim))
QUESTIONS = dict.fromkeys(ORDERS, "kind=count&text=boats")


def answer(question):
    params = QueryDict(question)
    rows = claims_for(Reader.EVERYBODY)
    asked = ClaimFilter(params, rows, Reader.EVERYBODY, beside=paging.PARAMETERS).ask()
    return asked, paging.Paging.of(params, Claim)


def walk(order, sizes, between=lambda page: None):
    """Yield the ids of every page of a walk; `between` may change rows after each."""
    question, cursor = f"{QUESTIONS[order]}&ordering={order}", ""
    for size in itertools.cycle(sizes):
        asked, found = answer(f"{question}&page_size={size}{cursor}")
        page = paging.page(asked, found)
        yield list(page.ids)
        if page.next is None:
            return
        cursor = f"&cursor={page.next}"
        between(page)


NONE, THREES = itertools.repeat(None), itertools.repeat("3")


def some_claims(number, published=NONE, values=THREES):
    article = make.article(BOATS)
    made = [
        make.accepted(article, "3 boats", nth=n, value=value)
        for n, value in zip(range(number), values, strict=False)
    ]
    for claim, day in zip(made, published, strict=False):
        Claim.objects.filter(pk=claim.pk).update(published_earliest=day)
    return made


ROWS = st.lists(
    st.tuples(
        st.sampled_from([None, 20300101, 20300102, 20310101]),  # published
        st.sampled_from([None, 1.0, 2.5, 1e300]),  # value
        st.sampled_from(["there", "there", "comes", "goes", "hidden"]),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize("order", ORDERS)
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=ROWS, sizes=st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_a_walk_meets_each_row_that_is_there_throughout_exactly_once(stage, order, rows, sizes):
    Claim.objects.update(is_public=False)
    used = dict(zip(stage, rows, strict=False))
    for claim, (day, value, fate) in used.items():
        shown = fate in {"there", "goes"}
        columns = {"published_earliest": day, "number_low": value, "is_public": shown}
        Claim.objects.filter(pk=claim).update(**columns)

    def change(page):
        for claim, (_, _, fate) in used.items():
            if fate in {"comes", "goes"}:
                Claim.objects.filter(pk=claim).update(is_public=fate == "comes")

    met = [pk for page in walk(order, sizes, change) for pk in page]
    assert len(met) == len(set(met))
    there = {claim for claim, (_, _, fate) in used.items() if fate == "there"}
    hidden = {claim for claim, (_, _, fate) in used.items() if fate == "hidden"}
    assert there <= set(met) <= set(used) - hidden


def leaf(order, size, cursor):
    """Return the page of a cursor, None being the first page's."""
    asked = f"{QUESTIONS[order]}&ordering={order}&page_size={size}"
    return paging.page(*answer(f"{asked}&cursor={cursor}" if cursor else asked))


def back(order, sizes, cursor):
    """Return the pages of a walk back to the beginning, in their own order."""
    pages, sizes = [], itertools.cycle(sizes)
    while cursor is not None:
        pages.insert(0, leaf(order, next(sizes), cursor))
        cursor = pages[0].previous
    return pages


@pytest.mark.parametrize("order", ORDERS)
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=ROWS, size=st.integers(1, 5), sizes=st.lists(st.integers(1, 5), min_size=1))
def test_a_walk_back_gives_the_pages_of_the_walk_on(stage, order, rows, size, sizes):
    Claim.objects.update(is_public=False)
    for claim, (day, value, fate) in zip(stage, rows, strict=False):
        columns = {"published_earliest": day, "number_low": value, "is_public": fate != "hidden"}
        Claim.objects.filter(pk=claim).update(**columns)
    on, cursor = [leaf(order, size, None)], None
    while cursor := on[-1].next:
        on.append(leaf(order, size, cursor))
    assert on[0].previous is None
    returned = back(order, [size], on[-1].previous)
    assert [page.ids for page in returned] == [page.ids for page in on[:-1]]
    assert [page.next for page in returned] == [page.next for page in on[:-1]]

    other = back(order, sizes, on[-1].previous)
    met = [pk for page in (*other, on[-1]) for pk in page.ids]
    assert met == [pk for page in on for pk in page.ids]
    for page, following in itertools.pairwise([*other, on[-1]]):
        again = leaf(order, max(1, len(following.ids)), page.next)
        assert list(again.ids) == list(following.ids)


@pytest.mark.parametrize("order", ORDERS)
def test_rows_that_come_or_go_shift_no_page_on_the_way_back(order):
    some_claims(9, [20300101, None, 20310101] * 3, ["1", "2", "2"] * 3)
    (all_of_them,) = walk(order, [50])
    last = leaf(order, 6, leaf(order, 6, None).next)
    assert list(last.ids) == all_of_them[6:]
    Claim.objects.filter(pk__in=[all_of_them[7], all_of_them[4]]).update(is_public=False)
    before = leaf(order, 3, last.previous)
    assert list(before.ids) == [all_of_them[n] for n in (2, 3, 5)]
    Claim.objects.filter(pk=all_of_them[4]).update(is_public=True)
    beginning = leaf(order, 3, before.previous)
    assert (list(beginning.ids), beginning.previous) == (all_of_them[:2], None)


@pytest.mark.parametrize("order", ORDERS)
def test_where_all_rows_of_one_side_are_gone_the_list_ends_there(order):
    some_claims(6, [20300101, None, 20310101] * 2)
    (ids,) = walk(order, [50])
    half = leaf(order, 3, None)
    rest = leaf(order, 3, half.next)
    Claim.objects.filter(pk__in=ids[:3]).update(is_public=False)
    none = leaf(order, 2, rest.previous)
    assert (none.ids, none.previous, none.next) == ([], None, paging.BEGINNING)
    Claim.objects.update(is_public=True)
    Claim.objects.filter(pk__in=ids[3:]).update(is_public=False)
    empty = leaf(order, 3, half.next)
    assert (empty.ids, empty.next) == ([], None)
    last = leaf(order, 2, empty.previous)
    assert (list(last.ids), last.next) == (ids[1:3], None)
    assert list(leaf(order, 2, last.previous).ids) == ids[:1]


@pytest.fixture
def stage():
    """Return the ids of claims that an example uses as it likes."""
    return [claim.pk for claim in some_claims(12)]


IN_ORDER = [
    # order, published, values, how the claims stand in it
    ("newest", [1, 2, 3], ["1", "2", "3"], [2, 1, 0]),
    ("oldest", [3, 2, 1], ["3", "2", "1"], [0, 1, 2]),
    ("published", [20300101, 20310101, None, 20300101], ["1"] * 4, [1, 3, 0, 2]),
    ("value", [None] * 4, ["7", "-2", "7", "0.5"], [1, 3, 0, 2]),
    ("-value", [None] * 4, ["7", "-2", "7", "0.5"], [2, 0, 3, 1]),
]


@pytest.mark.parametrize(("order", "published", "values", "expected"), IN_ORDER)
@pytest.mark.parametrize("size", [1, 2, 50])
def test_rows_stand_in_the_order_asked_for(order, published, values, expected, size):
    made = [claim.pk for claim in some_claims(len(values), published, values)]
    found = [made.index(pk) for page in walk(order, [size]) for pk in page]
    assert found == expected


def test_the_rows_of_a_page_come_in_its_order():
    some_claims(6, [20300101, None, 20310101, 20300101, None, 20290101])
    for order in ORDERS:
        asked, found = answer(f"{QUESTIONS[order]}&ordering={order}")
        page = paging.page(asked, found)
        assert [claim.pk for claim in page.of(claims_for(Reader.EVERYBODY))] == page.ids


def test_relevance_puts_the_sentence_first_that_has_the_words_more_often():
    made = [claim.pk for claim in some_claims(3)]
    (page,) = walk("relevance", [50])
    assert page == [made[2], made[1], made[0]]


def test_relevance_does_not_depend_on_hidden_rows(monkeypatch):
    made = some_claims(30)
    Claim.objects.filter(pk__gt=made[9].pk).update(is_public=False)
    before = list(walk("relevance", [4]))
    Claim.objects.filter(pk__gt=made[9].pk).update(passage="boats boats", concept="boats")
    assert list(walk("relevance", [4])) == before


def test_of_many_rows_only_the_newest_are_ranked_and_the_best_shown(monkeypatch):
    made = [claim.pk for claim in some_claims(9)]
    monkeypatch.setattr("claims.search.MOST_RANKED", 6)
    monkeypatch.setattr("claims.filters.paging.MOST_RELEVANT", 2)
    assert list(walk("relevance", [50])) == [[made[8], made[5]]]


REFUSED = [
    # question, parameter, what is said
    ("ordering=value", "ordering", "needs one unit"),
    ("ordering=-value&kind=money", "ordering", "needs one unit"),
    ("ordering=value&unit=EUR&unit=USD", "ordering", "needs one unit"),
    ("ordering=relevance", "ordering", "needs words"),
    ("ordering=score", "ordering", "is none of newest, oldest, published, value"),
    ("ordering=newest&ordering=oldest", "ordering", "given twice"),
    ("page_size=0", "page_size", "from 1 to 200"),
    ("page_size=201", "page_size", "from 1 to 200"),
    ("page_size=٣", "page_size", "from 1 to 200"),
    ("count=yes", "count", "is none of false, true, exact"),
    ("cursor=", "cursor", "is no cursor"),
    ("cursor=abcdefghijklmnop", "cursor", "is no cursor"),
    ("cursor=aaaaaaaaaaaaa", "cursor", "is no cursor"),
    ("cursor=" + "é" * 20, "cursor", "is no cursor"),
]


@pytest.mark.parametrize(("question", "name", "why"), REFUSED)
def test_a_bad_question_is_refused_by_name(question, name, why):
    with pytest.raises(BadQuestion) as refused:
        paging.page(*answer(question))
    assert why in refused.value.errors[name]


ALLOWED = ["ordering=value&unit=EUR", "ordering=-value&kind=share", "ordering=relevance&text=a"]


@pytest.mark.parametrize("question", ALLOWED)
def test_an_order_is_given_where_the_question_allows_it(question):
    assert paging.page(*answer(question)).ids == []


def test_a_cursor_is_of_one_order_and_cannot_be_made_by_others():
    some_claims(3)
    cursor = paging.page(*answer("page_size=1")).next
    with pytest.raises(BadQuestion, match="cursor of this order"):
        answer(f"ordering=oldest&cursor={cursor}")
    for place in range(len(cursor)):
        other = cursor[:place] + ("B" if cursor[place] == "A" else "A") + cursor[place + 1 :]
        if place < len(cursor) - 1:  # the last sign has bits that say nothing
            with pytest.raises(BadQuestion):
                answer(f"cursor={other}")


def test_the_same_page_has_the_same_cursor_and_another_key_makes_another(settings):
    some_claims(2)
    cursors = [paging.page(*answer("page_size=1")).next for _ in range(2)]
    settings.SECRET_KEY = "another"
    with pytest.raises(BadQuestion):
        answer(f"cursor={cursors[0]}")
    assert cursors[0] == cursors[1] != paging.page(*answer("page_size=1")).next


def test_the_longest_place_fits_a_cursor():
    place = paging.Place(-1.7976931348623157e308, 2**63 - 1)
    for back in (False, True):
        cursor = paging._sealed("relevance", place, back=back)
        assert paging._opened(cursor, "relevance") == (place, back)


@pytest.mark.parametrize("order", ORDERS)
def test_a_page_costs_the_same_wherever_it_is(order):
    some_claims(12, [20300101, None, 20310101] * 4)

    def cost(page):
        asked, found = answer(f"{QUESTIONS[order]}&ordering={order}&page_size=3{page}")
        with CaptureQueriesContext(connection) as captured:
            found = paging.page(asked, found)
        return len(captured), found

    first, page = cost("")
    later, page = cost(f"&cursor={page.next}")
    earlier, page = cost(f"&cursor={page.previous}")
    assert first <= 2
    assert later <= 2
    assert earlier <= 2


def test_other_tables_have_the_orders_that_make_sense_there():
    assert list(paging.orderings(Topic)) == ["newest", "oldest"]
    assert list(paging.orderings(Article)) == ["newest", "oldest", "published"]
    for code in "abc":
        make.topic(code)
    page = paging.page(
        base.Answer(topics()), paging.Paging.of(QueryDict("page_size=2&ordering=oldest"), Topic)
    )
    assert [topic.code for topic in page.of(topics())] == ["a", "b"]


WALKED = [
    # question, the index that is walked
    ("", "claim_public"),
    ("ordering=published", "claim_by_published"),
    ("ordering=value&unit=EUR", "claim_by_value_in_unit"),
    ("ordering=-value&unit=EUR", "claim_by_value_in_unit"),
    ("ordering=value&kind=count", "claim_by_value_of_kind"),
    ("ordering=-value&kind=count", "claim_by_value_of_kind"),
]


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("after", [None, paging.Place(20300101, 7), paging.Place(None, 7)])
@pytest.mark.parametrize(("question", "index"), WALKED)
def test_every_order_walks_an_index_and_sorts_nothing(question, index, after, back):
    asked, found = answer(question)
    with CaptureQueriesContext(connection) as captured:
        paging.page(asked, replace(found, after=after, back=back and after is not None))
    for query in captured:
        plan = plan_of(query["sql"])
        assert "Sort" not in plan, plan
        assert "TEMP B-TREE" not in plan, plan
        assert index in plan or "IS NULL" in query["sql"] or "rowid" in plan, plan


def plan_of(statement):
    """Return how the database would answer a statement if the tables were large."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {statement}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return "\n".join(str(row) for row in cursor)
