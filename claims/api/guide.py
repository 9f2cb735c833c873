"""What stands above the list of addresses in the API's documents: its manners, and examples.

Every example runs as it stands against a server in development mode; tests run them.
"""

from collections.abc import Mapping
from typing import Final

SERVER: Final = "http://127.0.0.1:8000"

EXAMPLES: Final[Mapping[str, str]] = {
    "curl": """\
curl -s -D headers.txt 'http://127.0.0.1:8000/api/v1/claims/?kind=count&ordering=published&\
fields=uid,value,concept,speaker,published&page_size=20'
grep -i '^link:' headers.txt || echo 'that was the last page'
""",
    "python": """\
import json
from urllib.request import urlopen

import pandas as pd

address = "http://127.0.0.1:8000/api/v1/claims/?kind=count&expand=article&page_size=200"
rows = []
while address:
    with urlopen(address) as answer:
        page = json.load(answer)
    rows += page["results"]
    address = page["next"]
claims = pd.json_normalize(rows).convert_dtypes()
print(claims[["uid", "value", "number_low", "concept", "expanded.article.headline"]].head())
""",
    "r": """\
claims <- read.csv(
  "http://127.0.0.1:8000/api/v1/claims.csv?kind=count",
  colClasses = c(uid = "character", value = "character", low = "character", high = "character")
)
print(head(claims[c("uid", "value", "number_low", "concept")]))
""",
    "duckdb": """\
-- curl -s -o claims.csv 'http://127.0.0.1:8000/api/v1/claims.csv?kind=count'
SELECT concept, count(*) AS claims, max(number_high) AS largest
FROM read_csv('claims.csv', header = true, types = {'value': 'VARCHAR', 'number_high': 'DOUBLE'})
GROUP BY concept ORDER BY claims DESC LIMIT 10;
""",
}
"""Tool: what it runs. A comment that begins with `-- curl` is run by a shell before."""

GUIDE: Final = f"""\
Who stated which figure, where, and whether it holds up. A claim that is *accepted* has its
reading checked; truth is not assessed.

- **Pages.** A list gives a page and the addresses of those beside it, in `next` and `previous` and
  as `Link`. Take them as they are. Rows that come or go meanwhile shift nothing.
- **Less and more.** `fields=uid,value` sends these fields alone; `expand=article` sends the
  article along, under `expanded`.
- **Counts** stop at 10,000; `count=exact` goes to the end.
- **Facets.** `facets=true` on claims counts what fits by kind, unit, topic, speaker, outlet, year,
  modality and voice, as beside the search page: of more than 10,000 claims the newest, and
  `whole` says so. `/api/v1/claims/?facets=true&page_size=1&text=ferry` is the way to ask for
  little else.
- **Again.** Every object has a strong `ETag`; send it in `If-None-Match`, and 304 says that
  nothing changed.
- **Errors** are problem details (RFC 9457) that name the parameter.
- **Quotas** are by the minute, the hour and the day; after a 429 wait as long as `Retry-After`
  says.
- **Other origins** may read what everybody may: pages of any site, without credentials.

curl
```sh
{EXAMPLES["curl"]}```
Python, with pandas
```python
{EXAMPLES["python"]}```
R
```r
{EXAMPLES["r"]}```
DuckDB
```sql
{EXAMPLES["duckdb"]}```
"""
