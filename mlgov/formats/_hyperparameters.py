"""One spelling for each hyper-parameter, so that cards, params files and locks speak about the same thing."""

import re

from mlgov.formats._metric_words import normalised
from mlgov.lifecycle.metric_name import words

SPELLINGS = {
    "learning_rate": "lr learning_rate initial_learning_rate learningrate init_lr base_lr eta 학습률",
    "batch_size": "batch_size batchsize train_batch_size batch_size_train training_batch_size per_device_train_batch_size batch bs 배치_크기 배치_사이즈",
    "epochs": "epochs num_epochs n_epochs number_of_epochs num_train_epochs epoch max_epochs training_epochs train_epochs 에폭 에포크_수 에폭_수",
    "n_estimators": "n_estimators num_trees number_of_trees number_of_estimators num_estimators n_trees trees",
    "max_depth": "max_depth maximum_depth tree_depth max_tree_depth",
    "weight_decay": "weight_decay wd",
    "dropout": "dropout dropout_rate drop_rate",
    "optimizer": "optimizer optimiser optim 옵티마이저",
    "momentum": "momentum sgd_momentum",
    "num_layers": "num_layers n_layers number_of_layers",
    "hidden_size": "hidden_size hidden_layer hidden_dim hidden_units hidden_layer_size size_hidden_layer",
    "seed": "seed random_seed random_state",
    "warmup_steps": "warmup_steps num_warmup_steps",
    "gradient_accumulation_steps": "gradient_accumulation_steps grad_accum accumulate_grad_batches",
    "lr_scheduler": "lr_scheduler lr_scheduler_type scheduler learning_rate_scheduler",
    "loss": "loss loss_function objective criterion",
    "class_weight": "class_weight class_weights",
    "num_leaves": "num_leaves max_leaves",
    "min_samples_leaf": "min_samples_leaf",
    "l2": "l2 reg_lambda lambda_l2",
    "l1": "l1 reg_alpha lambda_l1",
}
_CANONICAL = {spelling: name for name, spellings in SPELLINGS.items() for spelling in spellings.split()}


def hyperparameter(name: str) -> str:
    """The one spelling of a name: `Learning rate` and `lr` are `learning_rate`."""
    plain = normalised(name)
    return _CANONICAL.get(plain, plain)


_FAMILIES = {
    "logistic_regression": "logreg logistic logistic_regression log_reg",
    "linear": "linear linear_regression",
    "ridge": "ridge", "lasso": "lasso", "elastic_net": "elastic_net elasticnet",
    "xgboost": "xgboost xgb", "lightgbm": "lightgbm lgbm", "catboost": "catboost cat_boost",
    "random_forest": "random_forest randomforest rf forest",
    "extra_trees": "extra_trees", "decision_tree": "decision_tree", "adaboost": "adaboost ada_boost",
    "gradient_boosting": "gradient_boosting gbm hist_gradient_boosting",
    "svm": "svm svc svr linear_svc", "knn": "knn k_neighbors", "naive_bayes": "naive_bayes gaussian_nb multinomial_nb",
    "mlp": "mlp", "cnn": "cnn", "lstm": "lstm", "gru": "gru", "bert": "bert", "transformer": "transformer",
}  # fmt: skip
_FAMILY = {spelling: name for name, spellings in _FAMILIES.items() for spelling in spellings.split()}


_KIND = re.compile(r"_?(?:classifier|regressor|model)$")


def family(text: str) -> str:
    """The family of models that a text names, "" for none: `rf`, `RandomForestClassifier` and `random_forest` are one."""
    plain = _KIND.sub("", "_".join(words(text[:80])))
    return _FAMILY.get(plain) or next((_FAMILY[word] for word in plain.split("_") if word in _FAMILY), "")
