"""One module for each kind of thing that is measured; a module here is found without being registered."""
