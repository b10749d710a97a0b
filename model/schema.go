package model

// SchemaVersion is the version of the database's schema and of the tables in a
// bundle. It goes up when a kind or a field is added, or a meaning changes: a
// program refuses what a newer one wrote.
const SchemaVersion = 2
