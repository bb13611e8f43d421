//! Every code that the parser reports, with what `accede explain` says about it.
