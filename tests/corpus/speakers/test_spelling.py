"""Folding of names, and how alike two words are spelled."""

import pytest

from corpus.speakers.spelling import fold, likeness, sound


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("  Lena\u00a0ORTIZ ", "lena ortiz"),
        ("José-María O’Dell", "jose maria odell"),
        ("Łukasz Đorđević", "lukasz dordevic"),
        ("Straße & Co.", "strasse co"),
        ("李 伟", "李 伟"),
        ("…", ""),
    ],
)
def test_case_accents_and_marks_do_not_count(name, folded):
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("yusuf", "youssef", True),
        ("mohammed", "muhammad", True),
        ("sergei", "sergey", True),
        ("alexei", "aleksey", True),
        ("khorasani", "horasany", True),
        ("ana", "anna", True),
        ("anna", "anne", False),
        ("ortiz", "ruiz", False),
        ("li", "lei", False),
    ],
)
def test_transliterations_sound_the_same(one, other, same):
    assert (sound(one) == sound(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("ortiz", "ortiz", 1.0), ("ortiz", "ortis", 0.8), ("", "", 1.0), ("ab", "", 0.0)],
)
def test_likeness_is_the_share_of_letters_kept(one, other, expected):
    assert likeness(one, other) == pytest.approx(expected)
