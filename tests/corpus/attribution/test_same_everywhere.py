"""The same reading for any hash seed: sets and dictionaries decide nothing."""

from __future__ import annotations

import os
import subprocess
import sys

TEXT = (
    "President Ann Lee met President Bob Lee and the pilot Tom Day in Oss. Lee said 45 sank. "
    "The president said 46 sank. He said 47 sank, the Oss Gazette reported, citing the log. "
    "The employers said 48 sank. They presented some figures: 49 sank, and 50 swam."
)
SCRIPT = "import sys; from corpus.extract import extract; print(extract(sys.argv[1]).to_json())"


def test_the_hash_seed_changes_nothing() -> None:
    answers = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, TEXT],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(answers) == 1
    assert "'speaker': 'Oss Gazette'" in answers.pop()
