"""The type of a column in the words of pandas, SQL, Spark, Arrow and schema.org, as one of the logical types."""

import re

_TYPES = {
    "string": "string str object text varchar nvarchar char character bpchar category categorical enum uuid uri url "
    "large_string utf8 nchar stringtype email ipaddress bytes binary",
    "integer": "integer int int8 int16 int32 int64 uint8 uint16 uint32 uint64 bigint smallint tinyint long short byte "
    "integertype longtype unixtimestamp year",
    "number": "number numeric float float16 float32 float64 double decimal real doubletype floattype decimaltype float8 "
    "float4 halffloat",
    "boolean": "boolean bool booleantype bit",
    "date": "date datetype date32 date64",
    "timestamp": "timestamp datetime datetime64 timestamptz timestamp_ntz timestamp_tz timestamp_ltz timestamptype "
    "datetimetz",
    "time": "time time32 time64",
    "object": "struct record map json variant jsonb geojson structtype maptype",
    "array": "array list repeated vector arraytype",
}
_KNOWN = {name: kind for kind, names in _TYPES.items() for name in names.split()}
_HEAD = re.compile(r"[a-z][a-z0-9_]{0,40}")
# words of pandas and numpy that say nothing: an object column may hold anything
_VAGUE = frozenset({"object", "any", "mixed"})


def column_type(text: object) -> str | None:
    """`varchar(18)`, `int64`, `datetime64[ns]`, `sc:Integer` as a logical type; None for one that is not known."""
    if not isinstance(text, str) or len(text) > 200:
        return None
    plain = text.strip().lower().rpartition(":")[2].rpartition("/")[2].removeprefix("pandas.").removeprefix("np.")
    head = _HEAD.match(plain)
    if head is None or plain in _VAGUE:
        return None
    if plain.startswith(("timestamp with", "timestamp without")):
        return "timestamp"
    return _KNOWN.get(head[0])


def logical_type(text: object) -> str | None:
    """The type in a format whose words are the logical types themselves; `object` is an object there."""
    return "object" if text == "object" else column_type(text)
