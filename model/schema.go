package model

// SchemaVersion is the version of the database's schema and of the tables in a
// bundle. It goes up when a kind or a field is added, or a meaning changes: a
// program refuses what a newer one wrote.
const SchemaVersion = 2

// SearchForm is the form in which search texts are written. It goes up when Fold or the
// readings change: a ledger whose texts an earlier program wrote is then searched through
// once more, so that what was typed then is found as what is typed now.
const SearchForm = 3
