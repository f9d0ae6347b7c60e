"""The lifecycle model: typed records of every section, the facts they are made from, and the projects they form."""
