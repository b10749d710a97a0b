package store

// ownTables are the store's own tables; a book's stand beside them (design.md §2).
var ownTables = []Table{
	{Name: "setting", Options: "STRICT, WITHOUT ROWID", Columns: []Column{
		{"name", "TEXT NOT NULL PRIMARY KEY"}, {"value", "TEXT NOT NULL"}}},
	// history is ordered by seq, never by time; grp is the seq of the first of the
	// changes made together. changes is a JSON list of {"field", "old", "new"}
	// with the stored values, null where empty.
	{Name: "history", Options: "STRICT", Columns: []Column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"grp", "INTEGER NOT NULL"},
		{"kind", "TEXT NOT NULL"}, {"id", "TEXT NOT NULL"}, {"rev", "INTEGER NOT NULL"},
		{"at", "TEXT NOT NULL"}, {"action", "TEXT NOT NULL"}, {"changes", "TEXT NOT NULL"},
		{"by", "TEXT NOT NULL"}}},
	Index("history_record", "history", "kind, id, seq", ""),
	Index("history_group", "history", "grp", ""),
	// handed_out is the history's part that is of no record: papers written with whole ID
	// numbers and phones, for what and for whom.
	{Name: "handed_out", Options: "STRICT", Columns: []Column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"at", "TEXT NOT NULL"}, {"by", "TEXT NOT NULL"},
		{"title", "TEXT NOT NULL"}, {"purpose", "TEXT NOT NULL CHECK (purpose <> '')"},
		{"receiver", "TEXT NOT NULL CHECK (receiver <> '')"}, {"file", "TEXT NOT NULL"}}},
	{Name: "draft", Options: "STRICT, WITHOUT ROWID", Columns: []Column{
		{"id", "TEXT NOT NULL PRIMARY KEY"}, {"kind", "TEXT NOT NULL"}, {"record_id", "TEXT"},
		{"base_rev", "INTEGER NOT NULL"}, {"label", "TEXT NOT NULL"}, {"texts", "TEXT NOT NULL"},
		{"saved_at", "TEXT NOT NULL"}, {"seq", "INTEGER NOT NULL"}}},
	// search holds what typing finds (pinyin, initials, folded forms) and the key
	// by which a record's label sorts; NULL when the label begins empty.
	{Name: "search", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (kind, id)", Columns: []Column{
		{"kind", "TEXT NOT NULL"}, {"id", "TEXT NOT NULL"}, {"org_id", "TEXT NOT NULL"},
		{"text", "TEXT NOT NULL"}, {"sort", "TEXT"}}},
	Index("search_sort", "search", "kind, sort, id", ""),
	{Name: "saved_view", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (kind, name)", Columns: []Column{
		{"kind", "TEXT NOT NULL"}, {"name", "TEXT NOT NULL"}, {"query", "TEXT NOT NULL"},
		{"saved_at", "TEXT NOT NULL"}}},
	{Name: "roll_unit", Options: "STRICT, WITHOUT ROWID", Columns: []Column{
		{"code", "TEXT NOT NULL PRIMARY KEY"}, {"name", "TEXT NOT NULL"}, {"township", "TEXT"},
		{"domain", "TEXT"}, {"phone", "TEXT"}, {"text", "TEXT NOT NULL DEFAULT ''"}, {"sort", "TEXT"}}},
}
