package store

import (
	"context"
	"encoding/json"

	"taizhang/model"
)

// Book is what a ledger holds and keeps to: the kinds of its records and the limits of
// their rules, the tables beside the kinds, and what has to happen beside a write. The
// store knows no kind by name; a ledger of any catalog can be kept.
type Book struct {
	Kinds *model.Catalog
	Packs []model.Pack // the limits of the rules, by the day from which they hold
	Org   Organisations
	// Tables stand beside the store's own, before those of the kinds.
	Tables []Table
	// Since names the tables and columns ("table.column") that came after the first schema,
	// with the version from which every ledger has them: a ledger that keeps no digest of
	// its schema and lacks one is an older program's, not damaged.
	Since map[string]int
	// Param, where set, judges a parameter of the county's that is no limit of a pack:
	// known tells that it is one all the same, err that its value is wrong.
	Param func(name, value string) (known bool, err error)
	// Begin, where set, writes what a new ledger holds before its home organisation.
	Begin func(ctx context.Context, t *Tx) error
	// Written, where set, is called before a transaction ends with the organisations of
	// whose rows one was written.
	Written func(ctx context.Context, t *Tx, orgs []string) error
	// Opened, where set, is called when a ledger was opened to be written to: it ends what a
	// killed run began. What it can't end is a warning.
	Opened func(ctx context.Context, l *Ledger) error
	// Lookup, where set, gives rules more to look up than records: what the tables
	// beside them hold. at reads the ledger as look does.
	Lookup func(look model.Lookup, at Reading) model.Lookup
	// Settings, where set, tells what is wrong with the settings of the packages under store,
	// in Chinese, a clause each.
	Settings func(ctx context.Context, l *Ledger) ([]string, error)
	// Office, where set, tells whether a ledger is an office's, to which others report.
	Office func(ctx context.Context, l *Ledger) (bool, error)
}

// Organisations names the kind that holds the organisations, since every record belongs
// to one of them, and of it these fields. Only Kind, Code and Name must be there.
type Organisations struct {
	Kind, Code, Name                              string
	Short, Class, Domain, Township, County, Phone string
	// Home are values of a home organisation beside those that it is created with, as
	// typed, by field.
	Home map[string]string
}

// Limits gives the limits of the book's rules with a county's parameters, a JSON object
// of texts, or "" for none. *model.Error E-PARAM for one that is not known or wrong.
func (b *Book) Limits(params string) (*model.Packs, error) {
	overrides := map[string]string{}
	if params != "" {
		if err := json.Unmarshal([]byte(params), &overrides); err != nil {
			return nil, model.Errorf("E-PARAM", "县(市)的参数看不懂,请向县(市)委组织部重新要一份配置文件")
		}
	}
	if b.Param == nil {
		return model.NewPacks(b.Packs, overrides)
	}
	return model.NewPacks(b.Packs, overrides, b.Param)
}

// has tells whether the kind of the organisations has a field.
func (b *Book) has(field string) bool {
	return field != "" && b.Kinds.Kind(b.Org.Kind).Field(field) != nil
}

// ownTables are the store's own tables; a book's stand beside them (design.md §2).
var ownTables = []Table{
	{Name: "setting", Title: "设置", Options: "STRICT, WITHOUT ROWID", Columns: []Column{
		{"name", "TEXT NOT NULL PRIMARY KEY"}, {"value", "TEXT NOT NULL"}}},
	// history is ordered by seq, never by time; grp is the seq of the first of the
	// changes made together. changes is a JSON list of {"field", "old", "new"}
	// with the stored values, null where empty.
	{Name: "history", Title: "修改历史", Options: "STRICT", Columns: []Column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"grp", "INTEGER NOT NULL"},
		{"kind", "TEXT NOT NULL"}, {"id", "TEXT NOT NULL"}, {"rev", "INTEGER NOT NULL"},
		{"at", "TEXT NOT NULL"}, {"action", "TEXT NOT NULL"}, {"changes", "TEXT NOT NULL"},
		{"by", "TEXT NOT NULL"}}},
	Index("history_record", "history", "kind, id, seq", ""),
	Index("history_group", "history", "grp", ""),
	// handed_out is the history's part that is of no record: papers written with whole ID
	// numbers and phones, for what and for whom.
	{Name: "handed_out", Title: "外发登记", Options: "STRICT", Columns: []Column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"at", "TEXT NOT NULL"}, {"by", "TEXT NOT NULL"},
		{"title", "TEXT NOT NULL"}, {"purpose", "TEXT NOT NULL CHECK (purpose <> '')"},
		{"receiver", "TEXT NOT NULL CHECK (receiver <> '')"}, {"file", "TEXT NOT NULL"}}},
	// cleared tells of whom what was private was cleared away, when, by whom and why: the act
	// that can't be undone. act is the group of the history; fields are what was cleared, by
	// their labels.
	{Name: "cleared", Title: "清除登记", Options: "STRICT", Columns: []Column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"act", "INTEGER NOT NULL"}, {"at", "TEXT NOT NULL"}, {"by", "TEXT NOT NULL"},
		{"kind", "TEXT NOT NULL"}, {"id", "TEXT NOT NULL"}, {"label", "TEXT NOT NULL"}, {"since", "TEXT NOT NULL"},
		{"why", "TEXT NOT NULL"}, {"fields", "TEXT NOT NULL"}}},
	Index("cleared_record", "cleared", "kind, id", ""),
	{Name: "draft", Title: "草稿", Options: "STRICT, WITHOUT ROWID", Columns: []Column{
		{"id", "TEXT NOT NULL PRIMARY KEY"}, {"kind", "TEXT NOT NULL"}, {"record_id", "TEXT"},
		{"base_rev", "INTEGER NOT NULL"}, {"label", "TEXT NOT NULL"}, {"texts", "TEXT NOT NULL"},
		{"saved_at", "TEXT NOT NULL"}, {"seq", "INTEGER NOT NULL"}}},
	// search holds what typing finds (pinyin, initials, folded forms) and the key
	// by which a record's label sorts; NULL when the label begins empty.
	{Name: "search", Title: "查找", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (kind, id)", Columns: []Column{
		{"kind", "TEXT NOT NULL"}, {"id", "TEXT NOT NULL"}, {"org_id", "TEXT NOT NULL"},
		{"text", "TEXT NOT NULL"}, {"sort", "TEXT"}}},
	Index("search_sort", "search", "kind, sort, id", ""),
	{Name: "saved_view", Title: "自存视图", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (kind, name)", Columns: []Column{
		{"kind", "TEXT NOT NULL"}, {"name", "TEXT NOT NULL"}, {"query", "TEXT NOT NULL"},
		{"saved_at", "TEXT NOT NULL"}}},
	{Name: "roll_unit", Title: "单位名册", Options: "STRICT, WITHOUT ROWID", Columns: []Column{
		{"code", "TEXT NOT NULL PRIMARY KEY"}, {"name", "TEXT NOT NULL"}, {"township", "TEXT"},
		{"domain", "TEXT"}, {"phone", "TEXT"}, {"text", "TEXT NOT NULL DEFAULT ''"}, {"sort", "TEXT"}}},
}
