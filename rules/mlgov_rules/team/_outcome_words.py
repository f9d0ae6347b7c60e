"""Phrases that tie a person to the success of a launch or of a metric, in English and Korean."""

import re

_METRIC = (
    r"(?:f1|f-?score|accuracy|auc|auroc|precision|recall|rmse|mae|r2|map|ndcg|conversion|revenue|retention|kpis?|okrs?"
    r"|정확도|재현율|정밀도|전환율|매출|성능|지표|목표)"
)
_PHRASES = re.compile(
    rf"""
    (?<![\w]){_METRIC}(?:[ ](?:score|rate))? \s* (?:>=?|<=?|≥|≤|of|above|below|over|at[ ]least|이|가|을|를)? \s* \d*\.?\d+ \s* (?:%|이상|이하|달성|초과)?
  | \b(?:launch|ship|release|deploy)(?:es|s|ed)?\b [^.;,]{{0,40}} \b(?:on[ ]time|by[ ](?:q[1-4]|[a-z]+day|january|february|march|april|may|june|july
        |august|september|october|november|december|end|year|\d)|before[ ]\w+|in[ ]q[1-4]|successful\w*)
  | \bsuccess(?:ful)?\b [^.;,]{{0,20}} \b(?:launch|model|project|experiment|release|a/b[ ]test)
  | \b(?:model|project|experiment|launch|release|a/b[ ]test)\b [^.;,]{{0,20}} \b(?:succe(?:ss\b|eds?\b|eded\b)|wins?\b|beats?\b)
  | \b(?:hit|reach|achieve|meet|exceed)(?:s|es|ed|ing|ting)?\b [^.;,]{{0,30}} \b(?:targets?|goals?|kpis?|okrs?|quota)
  | (?:출시|런칭|배포|모델|실험|프로젝트)[^.;,]{{0,12}}(?:성공|완료[ ]?여부|달성)
  | (?:목표|지표|매출|kpi|okr)[^.;,]{{0,8}}(?:달성|초과)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|never|no|without|regardless|independent|independently|irrespective|rather than|whether or not)\b"
    r"|무관|상관\s?없|관계\s?없|아니|않",
    re.IGNORECASE,
)


def outcome_in(text: str) -> str:
    """The words of a criterion that judge the outcome instead of the work; "" if there are none, or if they are denied."""
    found = _PHRASES.search(text)
    return " ".join(found[0].split()) if found and not _DENIED.search(text) else ""
