package store

// systemTables are the ledger's tables beside those of the kinds (design.md §2).
// The county's are here too, so that every ledger has one schema.
var systemTables = []definition{
	{name: "setting", options: "STRICT, WITHOUT ROWID", columns: []column{
		{"name", "TEXT NOT NULL PRIMARY KEY"}, {"value", "TEXT NOT NULL"}}},
	// history is ordered by seq, never by time; grp is the seq of the first of the
	// changes made together. changes is a JSON list of {"field", "old", "new"}
	// with the stored values, null where empty.
	{name: "history", options: "STRICT", columns: []column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"grp", "INTEGER NOT NULL"},
		{"kind", "TEXT NOT NULL"}, {"id", "TEXT NOT NULL"}, {"rev", "INTEGER NOT NULL"},
		{"at", "TEXT NOT NULL"}, {"action", "TEXT NOT NULL"}, {"changes", "TEXT NOT NULL"},
		{"by", "TEXT NOT NULL"}}},
	index("history_record", "history", "kind, id, seq", ""),
	index("history_group", "history", "grp", ""),
	{name: "draft", options: "STRICT, WITHOUT ROWID", columns: []column{
		{"id", "TEXT NOT NULL PRIMARY KEY"}, {"kind", "TEXT NOT NULL"}, {"record_id", "TEXT"},
		{"base_rev", "INTEGER NOT NULL"}, {"label", "TEXT NOT NULL"}, {"texts", "TEXT NOT NULL"},
		{"saved_at", "TEXT NOT NULL"}, {"seq", "INTEGER NOT NULL"}}},
	// search holds what typing finds (pinyin, initials, folded forms) and the key
	// by which a record's label sorts; NULL when the label begins empty.
	{name: "search", options: "STRICT, WITHOUT ROWID", tail: ",\n  PRIMARY KEY (kind, id)", columns: []column{
		{"kind", "TEXT NOT NULL"}, {"id", "TEXT NOT NULL"}, {"org_id", "TEXT NOT NULL"},
		{"text", "TEXT NOT NULL"}, {"sort", "TEXT"}}},
	index("search_sort", "search", "kind, sort, id", ""),
	{name: "saved_view", options: "STRICT, WITHOUT ROWID", tail: ",\n  PRIMARY KEY (kind, name)", columns: []column{
		{"kind", "TEXT NOT NULL"}, {"name", "TEXT NOT NULL"}, {"query", "TEXT NOT NULL"},
		{"saved_at", "TEXT NOT NULL"}}},
	{name: "roll_unit", options: "STRICT, WITHOUT ROWID", columns: []column{
		{"code", "TEXT NOT NULL PRIMARY KEY"}, {"name", "TEXT NOT NULL"}, {"township", "TEXT"},
		{"domain", "TEXT"}, {"phone", "TEXT"}, {"text", "TEXT NOT NULL DEFAULT ''"}, {"sort", "TEXT"}}},
	{name: "month_close", options: "STRICT, WITHOUT ROWID", columns: []column{
		{"month", "TEXT NOT NULL PRIMARY KEY"}, {"members", "INTEGER NOT NULL"},
		{"probationary", "INTEGER NOT NULL"}, {"confirmed_by", "TEXT"}, {"confirmed_at", "TEXT"},
		{"roll", "TEXT NOT NULL DEFAULT '[]'"}}}, // the members' ids, a JSON list
	// month_close_past keeps how a month was closed before it was closed again.
	{name: "month_close_past", options: "STRICT", columns: []column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"month", "TEXT NOT NULL"}, {"members", "INTEGER NOT NULL"},
		{"probationary", "INTEGER NOT NULL"}, {"confirmed_by", "TEXT"}, {"confirmed_at", "TEXT"},
		{"roll", "TEXT NOT NULL DEFAULT '[]'"}}},
	{name: "month_review", options: "STRICT, WITHOUT ROWID", tail: ",\n  PRIMARY KEY (month, person_id)", columns: []column{
		{"month", "TEXT NOT NULL"}, {"person_id", "TEXT NOT NULL"}, {"confirmed_at", "TEXT NOT NULL"}}},
	{name: "bundle_sent", options: "STRICT", columns: []column{
		{"sequence", "INTEGER NOT NULL PRIMARY KEY"}, {"month", "TEXT NOT NULL"}, {"file", "TEXT NOT NULL"},
		{"path", "TEXT NOT NULL"}, {"hash", "TEXT NOT NULL"}, {"file_hash", "TEXT NOT NULL"},
		{"size", "INTEGER NOT NULL"}, {"created_at", "TEXT NOT NULL"},
		{"plain", "INTEGER NOT NULL DEFAULT 0 CHECK (plain IN (0, 1))"}, {"counts", "TEXT NOT NULL"},
		{"problems", "INTEGER NOT NULL"}, {"state", "TEXT NOT NULL"}, {"receipt", "TEXT"}}},
	{name: "intake", options: "STRICT", columns: []column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"at", "TEXT NOT NULL"}, {"file", "TEXT NOT NULL"},
		{"file_hash", "TEXT NOT NULL"}, {"code", "TEXT"}, {"month", "TEXT"}, {"sequence", "INTEGER"},
		{"hash", "TEXT"}, {"verdict", "TEXT NOT NULL"}, {"reasons", "TEXT NOT NULL"}, {"receipt", "TEXT"}}},
	index("intake_code", "intake", "code, sequence", ""),
	index("intake_file", "intake", "file_hash", ""),
	{name: "known_key", options: "STRICT, WITHOUT ROWID", columns: []column{
		{"code", "TEXT NOT NULL PRIMARY KEY"}, {"public_key", "TEXT NOT NULL"}, {"org_id", "TEXT"},
		{"since", "TEXT NOT NULL"}, {"sequence", "INTEGER NOT NULL DEFAULT 0"}, {"hash", "TEXT"},
		{"successor", "TEXT"}, {"restored", "INTEGER NOT NULL DEFAULT 0 CHECK (restored IN (0, 1))"}}},
	{name: "indicator_month", options: "STRICT, WITHOUT ROWID", tail: ",\n  PRIMARY KEY (month, org_id, indicator)", columns: []column{
		{"month", "TEXT NOT NULL"}, {"org_id", "TEXT NOT NULL"}, {"indicator", "TEXT NOT NULL"},
		{"value", "INTEGER NOT NULL"}, {"total", "INTEGER"}, {"at", "TEXT NOT NULL"}}},
	// tally keeps what the indicators count of an organisation, to be added up; see
	// there. content is a JSON list.
	{name: "tally", options: "STRICT, WITHOUT ROWID", tail: ",\n  PRIMARY KEY (org_id, period)", columns: []column{
		{"org_id", "TEXT NOT NULL"}, {"period", "TEXT NOT NULL"}, {"basis", "TEXT NOT NULL"},
		{"at", "TEXT NOT NULL"}, {"content", "TEXT NOT NULL"}}},
	{name: "month_seal", options: "STRICT, WITHOUT ROWID", columns: []column{
		{"month", "TEXT NOT NULL PRIMARY KEY"}, {"sealed_at", "TEXT NOT NULL"}, {"sealed_by", "TEXT NOT NULL"},
		{"content", "TEXT NOT NULL"}}},
}
