"""The metrics everybody knows: their spellings, direction, range and what they apply to.

Sources: scikit-learn `metrics` and Hugging Face `evaluate` names; directions and ranges by definition.
"""

from typing import NamedTuple


class KnownMetric(NamedTuple):
    """One well-known metric.

    direction: `maximize` or `minimize`. low, high: the range of possible values (None = open).
    outputs: types of output it applies to (`binary`, `multiclass`, `multilabel`, `continuous`, `ranking`,
    `sequence`, `structured`); empty = any.
    averaged: it needs `average` outside binary tasks. cut: it needs `k`. proportion: k of n unweighted items,
    so that counting statistics apply.
    """

    name: str
    direction: str
    low: float | None
    high: float | None
    outputs: tuple[str, ...]
    averaged: bool = False
    cut: bool = False
    proportion: bool = False


_CLASS = ("binary", "multiclass", "multilabel", "structured")
_SCORE = ("binary", "multiclass", "multilabel")
_REAL = ("continuous",)
_RANK = ("ranking",)
_TEXT = ("sequence",)


def _table() -> dict[str, KnownMetric]:
    up, down = "maximize", "minimize"
    rows = [
        KnownMetric("accuracy", up, 0, 1, (*_CLASS, "sequence"), proportion=True),
        KnownMetric("balanced_accuracy", up, 0, 1, _SCORE),
        KnownMetric("top_k_accuracy", up, 0, 1, ("multiclass",), cut=True, proportion=True),
        KnownMetric("precision", up, 0, 1, (*_CLASS, "ranking", "sequence"), averaged=True, proportion=True),
        KnownMetric("recall", up, 0, 1, (*_CLASS, "ranking", "sequence"), averaged=True, proportion=True),
        KnownMetric("specificity", up, 0, 1, _SCORE, proportion=True),
        KnownMetric("false_positive_rate", down, 0, 1, _SCORE, proportion=True),
        KnownMetric("false_negative_rate", down, 0, 1, _SCORE, proportion=True),
        KnownMetric("error_rate", down, 0, 1, ()),
        KnownMetric("f1", up, 0, 1, (*_CLASS, "sequence"), averaged=True),
        KnownMetric("fbeta", up, 0, 1, _CLASS, averaged=True),
        KnownMetric("jaccard", up, 0, 1, _CLASS, averaged=True),
        KnownMetric("roc_auc", up, 0, 1, _SCORE),
        KnownMetric("average_precision", up, 0, 1, (*_SCORE, "ranking")),
        KnownMetric("mcc", up, -1, 1, _SCORE),
        KnownMetric("cohen_kappa", up, -1, 1, (*_SCORE, "continuous")),
        KnownMetric("log_loss", down, 0, None, (*_SCORE, "sequence")),
        KnownMetric("brier_score", down, 0, 1, _SCORE),
        KnownMetric("hinge_loss", down, 0, None, _SCORE),
        KnownMetric("hamming_loss", down, 0, 1, _SCORE),
        KnownMetric("zero_one_loss", down, 0, 1, _SCORE),
        KnownMetric("gini", up, -1, 1, _SCORE),
        KnownMetric("ks_statistic", up, 0, 1, ("binary",)),
        KnownMetric("expected_calibration_error", down, 0, 1, _SCORE),
        KnownMetric("mae", down, 0, None, _REAL),
        KnownMetric("mse", down, 0, None, _REAL),
        KnownMetric("rmse", down, 0, None, _REAL),
        KnownMetric("rmsle", down, 0, None, _REAL),
        KnownMetric("mape", down, 0, None, _REAL),
        KnownMetric("smape", down, 0, None, _REAL),
        KnownMetric("wape", down, 0, None, _REAL),
        KnownMetric("mase", down, 0, None, _REAL),
        KnownMetric("r2", up, None, 1, _REAL),
        KnownMetric("explained_variance", up, None, 1, _REAL),
        KnownMetric("max_error", down, 0, None, _REAL),
        KnownMetric("median_absolute_error", down, 0, None, _REAL),
        KnownMetric("pinball_loss", down, 0, None, _REAL),
        KnownMetric("crps", down, 0, None, _REAL),
        KnownMetric("poisson_deviance", down, 0, None, _REAL),
        KnownMetric("huber_loss", down, 0, None, _REAL),
        KnownMetric("ndcg", up, 0, 1, _RANK, cut=True),
        KnownMetric("map", up, 0, 1, (*_RANK, "structured"), cut=True),
        KnownMetric("mrr", up, 0, 1, _RANK),
        KnownMetric("hit_rate", up, 0, 1, _RANK, cut=True),
        KnownMetric("coverage", up, 0, 1, ()),
        KnownMetric("perplexity", down, 1, None, _TEXT),
        KnownMetric("bleu", up, 0, 100, _TEXT),
        KnownMetric("rouge1", up, 0, 1, _TEXT),
        KnownMetric("rouge2", up, 0, 1, _TEXT),
        KnownMetric("rouge_l", up, 0, 1, _TEXT),
        KnownMetric("meteor", up, 0, 1, _TEXT),
        KnownMetric("chrf", up, 0, 100, _TEXT),
        KnownMetric("bertscore", up, None, 1, _TEXT),
        KnownMetric("exact_match", up, 0, 1, _TEXT, proportion=True),
        KnownMetric("wer", down, 0, None, _TEXT),
        KnownMetric("cer", down, 0, None, _TEXT),
        KnownMetric("iou", up, 0, 1, ("structured", "multiclass")),
        KnownMetric("dice", up, 0, 1, ("structured", "multiclass", "binary")),
        KnownMetric("silhouette", up, -1, 1, ()),
        KnownMetric("adjusted_rand", up, -1, 1, ()),
        KnownMetric("normalized_mutual_info", up, 0, 1, ()),
        KnownMetric("loss", down, None, None, ()),
        KnownMetric("latency", down, 0, None, ()),
        KnownMetric("demographic_parity_difference", down, -1, 1, ()),
        KnownMetric("equalized_odds_difference", down, 0, 1, ()),
        KnownMetric("demographic_parity_ratio", up, 0, None, ()),
    ]
    return {row.name: row for row in rows}


KNOWN = _table()

# other spellings, after lower case and with every run of punctuation as one underscore
SPELLINGS = {
    "acc": "accuracy", "accuracy_score": "accuracy", "overall_accuracy": "accuracy", "정확도": "accuracy",
    "balanced_acc": "balanced_accuracy", "bacc": "balanced_accuracy", "top_5_accuracy": "top_k_accuracy",
    "ppv": "precision", "precision_score": "precision", "positive_predictive_value": "precision", "정밀도": "precision",
    "tpr": "recall", "sensitivity": "recall", "true_positive_rate": "recall", "recall_score": "recall", "재현율": "recall",
    "tnr": "specificity", "true_negative_rate": "specificity", "fpr": "false_positive_rate", "fnr": "false_negative_rate",
    "f1_score": "f1", "f1score": "f1", "f_1": "f1", "f_score": "f1", "f_measure": "f1", "fscore": "f1",
    "f_beta": "fbeta", "f2": "fbeta", "jaccard_score": "jaccard",
    "auc": "roc_auc", "auroc": "roc_auc", "aucroc": "roc_auc", "auc_roc": "roc_auc", "rocauc": "roc_auc",
    "roc_auc_score": "roc_auc", "area_under_roc": "roc_auc", "roc": "roc_auc", "area_under_the_roc_curve": "roc_auc",
    "ap": "average_precision", "pr_auc": "average_precision", "auprc": "average_precision", "aucpr": "average_precision",
    "auc_pr": "average_precision", "prauc": "average_precision", "average_precision_score": "average_precision",
    "matthews_corrcoef": "mcc", "matthews_correlation": "mcc", "matthews_correlation_coefficient": "mcc",
    "kappa": "cohen_kappa", "cohens_kappa": "cohen_kappa", "cohen_kappa_score": "cohen_kappa",
    "logloss": "log_loss", "cross_entropy": "log_loss", "binary_crossentropy": "log_loss", "crossentropy": "log_loss",
    "brier": "brier_score", "brier_score_loss": "brier_score", "ece": "expected_calibration_error",
    "mean_absolute_error": "mae", "mean_squared_error": "mse", "root_mean_squared_error": "rmse",
    "root_mean_square_error": "rmse", "mean_absolute_percentage_error": "mape", "r2_score": "r2", "r_2": "r2",
    "r_squared": "r2", "rsquared": "r2", "r²": "r2", "coefficient_of_determination": "r2",
    "root_mean_squared_log_error": "rmsle", "symmetric_mape": "smape", "ndcg_score": "ndcg",
    "mean_average_precision": "map", "mean_reciprocal_rank": "mrr", "hit_ratio": "hit_rate", "hr": "hit_rate",
    "ppl": "perplexity", "sacrebleu": "bleu", "rougel": "rouge_l", "rouge_lsum": "rouge_l", "em": "exact_match",
    "word_error_rate": "wer", "character_error_rate": "cer", "mean_iou": "iou", "miou": "iou", "dice_score": "dice",
    "silhouette_score": "silhouette", "ari": "adjusted_rand", "adjusted_rand_score": "adjusted_rand",
    "nmi": "normalized_mutual_info", "dp_difference": "demographic_parity_difference", "disparate_impact":
    "demographic_parity_ratio", "disparate_impact_ratio": "demographic_parity_ratio", "statistical_parity_difference":
    "demographic_parity_difference", "eo_difference": "equalized_odds_difference", "validation_loss": "loss",
}  # fmt: skip
