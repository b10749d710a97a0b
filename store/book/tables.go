package book

import "taizhang/store"

// tables stand beside those of the kinds (design.md §2). The county's are here too, so
// that every ledger has one schema.
var tables = []store.Table{
	{Name: "month_close", Title: "月末结账", Options: "STRICT, WITHOUT ROWID", Columns: []store.Column{
		{"month", "TEXT NOT NULL PRIMARY KEY"}, {"members", "INTEGER NOT NULL"},
		{"probationary", "INTEGER NOT NULL"}, {"confirmed_by", "TEXT"}, {"confirmed_at", "TEXT"},
		{"roll", "TEXT NOT NULL DEFAULT '[]'"}}}, // the members' ids, a JSON list
	// month_close_past keeps how a month was closed before it was closed again.
	{Name: "month_close_past", Title: "以前的月末结账", Options: "STRICT", Columns: []store.Column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"month", "TEXT NOT NULL"}, {"members", "INTEGER NOT NULL"},
		{"probationary", "INTEGER NOT NULL"}, {"confirmed_by", "TEXT"}, {"confirmed_at", "TEXT"},
		{"roll", "TEXT NOT NULL DEFAULT '[]'"}}},
	{Name: "month_review", Title: "名册核对", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (month, person_id)", Columns: []store.Column{
		{"month", "TEXT NOT NULL"}, {"person_id", "TEXT NOT NULL"}, {"confirmed_at", "TEXT NOT NULL"}}},
	// admission_material is the checklist of an admission's file, paper by paper; a row is
	// never changed, the last one by seq holds, and those before it are its past.
	{Name: "admission_material", Title: "入党材料清单", Options: "STRICT", Columns: []store.Column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"admission_id", "TEXT NOT NULL"}, {"material", "INTEGER NOT NULL"},
		{"held", "INTEGER NOT NULL CHECK (held IN (0, 1))"}, {"keeper", "TEXT NOT NULL DEFAULT ''"},
		{"place", "TEXT NOT NULL DEFAULT ''"}, {"boxed_on", "TEXT"}, {"at", "TEXT NOT NULL"}, {"by", "TEXT NOT NULL"}}},
	store.Index("admission_material_of", "admission_material", "admission_id, seq", ""),
	// due_settled keeps what was done on paper before the book began; see model.Settled.
	{Name: "due_settled", Title: "纸上已办", Options: "STRICT", Columns: []store.Column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"act", "INTEGER NOT NULL"}, {"code", "TEXT NOT NULL"},
		{"kind", "TEXT NOT NULL"}, {"record_id", "TEXT NOT NULL"}, {"period", "TEXT NOT NULL"}, {"done_on", "TEXT NOT NULL"},
		{"note", "TEXT NOT NULL"}, {"settled_by", "TEXT NOT NULL"}, {"settled_at", "TEXT NOT NULL"},
		{"undone_by", "TEXT"}, {"undone_at", "TEXT"}}},
	{Name: "bundle_sent", Title: "报送包", Options: "STRICT", Columns: []store.Column{
		{"sequence", "INTEGER NOT NULL PRIMARY KEY"}, {"month", "TEXT NOT NULL"}, {"file", "TEXT NOT NULL"},
		{"path", "TEXT NOT NULL"}, {"hash", "TEXT NOT NULL"}, {"file_hash", "TEXT NOT NULL"},
		{"size", "INTEGER NOT NULL"}, {"created_at", "TEXT NOT NULL"},
		{"plain", "INTEGER NOT NULL DEFAULT 0 CHECK (plain IN (0, 1))"}, {"counts", "TEXT NOT NULL"},
		{"problems", "INTEGER NOT NULL"}, {"state", "TEXT NOT NULL"}, {"receipt", "TEXT"},
		{"members", "TEXT NOT NULL DEFAULT ''"}}}, // the ids of the members in it, a JSON list; '' where that was not noted
	{Name: "intake", Title: "收报登记", Options: "STRICT", Columns: []store.Column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"at", "TEXT NOT NULL"}, {"file", "TEXT NOT NULL"},
		{"file_hash", "TEXT NOT NULL"}, {"code", "TEXT"}, {"month", "TEXT"}, {"sequence", "INTEGER"},
		{"hash", "TEXT"}, {"verdict", "TEXT NOT NULL"}, {"reasons", "TEXT NOT NULL"}, {"receipt", "TEXT"}}},
	store.Index("intake_code", "intake", "code, sequence", ""),
	store.Index("intake_file", "intake", "file_hash", ""),
	// intake_waiting holds, one a unit, the bundle that waits for a clerk's decision (待核实):
	// intake is its line's seq, content the file as it came, encrypted to the county.
	{Name: "intake_waiting", Title: "待核实的报送包", Options: "STRICT, WITHOUT ROWID", Columns: []store.Column{
		{"code", "TEXT NOT NULL PRIMARY KEY"}, {"intake", "INTEGER NOT NULL"}, {"sequence", "INTEGER NOT NULL"},
		{"content", "BLOB NOT NULL"}}},
	// compared keeps what the national system's list says differently of a unit's members;
	// content is a JSON list.
	{Name: "compared", Title: "与全国系统比对", Options: "STRICT, WITHOUT ROWID", Columns: []store.Column{
		{"org_id", "TEXT NOT NULL PRIMARY KEY"}, {"at", "TEXT NOT NULL"}, {"content", "TEXT NOT NULL"}}},
	{Name: "known_key", Title: "各单位的密钥", Options: "STRICT, WITHOUT ROWID", Columns: []store.Column{
		{"code", "TEXT NOT NULL PRIMARY KEY"}, {"public_key", "TEXT NOT NULL"}, {"org_id", "TEXT"},
		{"since", "TEXT NOT NULL"}, {"sequence", "INTEGER NOT NULL DEFAULT 0"}, {"hash", "TEXT"},
		{"successor", "TEXT"}, {"restored", "INTEGER NOT NULL DEFAULT 0 CHECK (restored IN (0, 1))"},
		{"sent", "TEXT"}, {"allowed", "TEXT"}}}, // the bundles known to be of its ledger, what a clerk let in (county.Allowance): JSON
	// received_rows keeps a digest of each record that an organisation's last bundle
	// brought; rows is made of ids and digests of 16 bytes each.
	{Name: "received_rows", Title: "收到的记录的校验码", Options: "STRICT", Tail: ",\n  PRIMARY KEY (org_id, kind)", Columns: []store.Column{
		{"org_id", "TEXT NOT NULL"}, {"kind", "TEXT NOT NULL"}, {"bundle", "TEXT NOT NULL"}, {"rows", "BLOB NOT NULL"}}},
	// mail holds documents that the county sends beside its receipts (上级来件): at the county
	// those that it sends, in a village those that came.
	{Name: "mail", Title: "上级来件", Options: "STRICT, WITHOUT ROWID", Columns: []store.Column{
		{"hash", "TEXT NOT NULL PRIMARY KEY"}, {"name", "TEXT NOT NULL"}, {"note", "TEXT NOT NULL"}, {"county", "TEXT NOT NULL"},
		{"added_at", "TEXT NOT NULL"}, {"came_at", "TEXT NOT NULL"}, {"opened_at", "TEXT"}, {"withdrawn_at", "TEXT"},
		{"content", "BLOB NOT NULL"}}},
	// admission_quota is the year's plan of new members: of a unit, or with code '' of all of
	// a township. A village has its own line alone.
	{Name: "admission_quota", Title: "年度发展党员计划", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (year, township, code)", Columns: []store.Column{
		{"year", "INTEGER NOT NULL"}, {"township", "TEXT NOT NULL"}, {"code", "TEXT NOT NULL"}, {"quota", "INTEGER NOT NULL"}, {"at", "TEXT NOT NULL"}}},
	// admission_form holds the numbers of 入党志愿书 issued to a unit.
	{Name: "admission_form", Title: "入党志愿书编号", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (code, first)", Columns: []store.Column{
		{"code", "TEXT NOT NULL"}, {"first", "TEXT NOT NULL"}, {"last", "TEXT NOT NULL"}, {"year", "INTEGER NOT NULL"}, {"at", "TEXT NOT NULL"}}},
	// admission_form_void holds those that were spoilt and came back.
	{Name: "admission_form_void", Title: "作废的志愿书", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (code, number)", Columns: []store.Column{
		{"code", "TEXT NOT NULL"}, {"number", "TEXT NOT NULL"}, {"at", "TEXT NOT NULL"}}},
	// unit_begun keeps from which month each unit's ledger is kept, as its bundles tell.
	{Name: "unit_begun", Title: "各单位建账月份", Options: "STRICT, WITHOUT ROWID", Columns: []store.Column{
		{"org_id", "TEXT NOT NULL PRIMARY KEY"}, {"month", "TEXT NOT NULL"}}},
	// deadline_change keeps on which day the county changed its deadline_day, to day from was.
	{Name: "deadline_change", Title: "报送截止日的变动", Options: "STRICT, WITHOUT ROWID", Columns: []store.Column{
		{"on_day", "TEXT NOT NULL PRIMARY KEY"}, {"day", "INTEGER NOT NULL"}, {"was", "INTEGER NOT NULL"}}},
	// unit_code holds the codes that a unit had before, of a county's list: now is the code
	// that it has today, org_id says which organisation it is where that was known.
	{Name: "unit_code", Title: "单位的原代码", Options: "STRICT", Columns: []store.Column{
		{"seq", "INTEGER NOT NULL PRIMARY KEY"}, {"code", "TEXT NOT NULL"}, {"now", "TEXT NOT NULL"}, {"org_id", "TEXT NOT NULL DEFAULT ''"},
		{"until_day", "TEXT NOT NULL"}, {"noted_by", "TEXT NOT NULL DEFAULT ''"}, {"noted_at", "TEXT NOT NULL"}}}, // until_day: from it on another code holds
	// unit_retired holds the units that are no more, with what the list said of them.
	{Name: "unit_retired", Title: "撤销的单位", Options: "STRICT, WITHOUT ROWID", Columns: []store.Column{
		{"code", "TEXT NOT NULL PRIMARY KEY"}, {"org_id", "TEXT NOT NULL DEFAULT ''"}, {"name", "TEXT NOT NULL"}, {"township", "TEXT NOT NULL DEFAULT ''"},
		{"domain", "TEXT NOT NULL DEFAULT ''"}, {"phone", "TEXT NOT NULL DEFAULT ''"}, {"retired_on", "TEXT NOT NULL"}, {"into_code", "TEXT NOT NULL DEFAULT ''"},
		{"reason", "TEXT NOT NULL DEFAULT ''"}, {"noted_by", "TEXT NOT NULL DEFAULT ''"}, {"noted_at", "TEXT NOT NULL"}}},
	{Name: "indicator_month", Title: "各月指标", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (month, org_id, indicator)", Columns: []store.Column{
		{"month", "TEXT NOT NULL"}, {"org_id", "TEXT NOT NULL"}, {"indicator", "TEXT NOT NULL"},
		{"value", "INTEGER NOT NULL"}, {"total", "INTEGER"}, {"at", "TEXT NOT NULL"}}},
	// tally keeps what the indicators count of an organisation, to be added up; see
	// there. content is a JSON list.
	{Name: "tally", Title: "统计底数", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (org_id, period)", Columns: []store.Column{
		{"org_id", "TEXT NOT NULL"}, {"period", "TEXT NOT NULL"}, {"basis", "TEXT NOT NULL"},
		{"at", "TEXT NOT NULL"}, {"content", "TEXT NOT NULL"}}},
	// month_who keeps, per organisation, which records counted in each figure of a month
	// that was closed: see count.who.
	{Name: "month_who", Title: "各月名单", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (month, org_id)", Columns: []store.Column{
		{"month", "TEXT NOT NULL"}, {"org_id", "TEXT NOT NULL"}, {"at", "TEXT NOT NULL"}, {"content", "BLOB NOT NULL"}}},
	// sum_bundle holds, one a sender and month, what stands of the sums that counties sent to a
	// city, or cities to a province (store/office): the newest bundle of it. content is packed
	// JSON (zlib): how the figures count, transfers to other counties.
	{Name: "sum_bundle", Title: "下级汇总", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (month, code)", Columns: []store.Column{
		{"month", "TEXT NOT NULL"}, {"code", "TEXT NOT NULL"}, {"name", "TEXT NOT NULL"}, {"level", "TEXT NOT NULL"}, {"detail", "TEXT NOT NULL"},
		{"from_day", "TEXT NOT NULL"}, {"to_day", "TEXT NOT NULL"}, {"closed", "TEXT NOT NULL"}, {"due", "INTEGER NOT NULL"}, {"came", "INTEGER NOT NULL"},
		{"sequence", "INTEGER NOT NULL"}, {"hash", "TEXT NOT NULL"}, {"at", "TEXT NOT NULL"}, {"content", "BLOB NOT NULL"}}},
	// sum_group holds the numbers of the groups of these: the whole ('all'), counties,
	// townships, domains, units. lacks is JSON, content packed JSON (zlib).
	{Name: "sum_group", Title: "下级汇总数字", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (month, kind, code, grp)", Columns: []store.Column{
		{"month", "TEXT NOT NULL"}, {"kind", "TEXT NOT NULL"}, {"code", "TEXT NOT NULL"}, {"grp", "TEXT NOT NULL"},
		{"county", "TEXT NOT NULL"}, {"title", "TEXT NOT NULL"}, // county: the code of the one that it is of, '' where it is of several
		{"units", "INTEGER NOT NULL"}, {"state", "TEXT NOT NULL"}, {"lacks", "TEXT NOT NULL"}, {"content", "BLOB NOT NULL"}}},
	// sum_unit holds the units of these, where a bundle goes down to them.
	{Name: "sum_unit", Title: "下级单位", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (month, code, unit)", Columns: []store.Column{
		{"month", "TEXT NOT NULL"}, {"code", "TEXT NOT NULL"}, {"unit", "TEXT NOT NULL"}, {"county", "TEXT NOT NULL"}, {"name", "TEXT NOT NULL"}, {"township", "TEXT NOT NULL"},
		{"domain", "TEXT NOT NULL"}, {"kind", "TEXT NOT NULL"}, {"reported", "INTEGER NOT NULL CHECK (reported IN (0, 1))"}}},
	// sum_past keeps what the whole of a sender was in the bundles of a month that another has
	// replaced since. content is packed JSON (zlib).
	{Name: "sum_past", Title: "更正前的下级汇总", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (month, code, sequence)", Columns: []store.Column{
		{"month", "TEXT NOT NULL"}, {"code", "TEXT NOT NULL"}, {"sequence", "INTEGER NOT NULL"}, {"hash", "TEXT NOT NULL"}, {"at", "TEXT NOT NULL"}, {"content", "BLOB NOT NULL"}}},
	{Name: "month_seal", Title: "封账", Options: "STRICT, WITHOUT ROWID", Columns: []store.Column{
		{"month", "TEXT NOT NULL PRIMARY KEY"}, {"sealed_at", "TEXT NOT NULL"}, {"sealed_by", "TEXT NOT NULL"},
		{"content", "TEXT NOT NULL"},
		// number counts the closings of the month, reason says why it was closed again, intake is
		// the last line of the register of bundles by then: NULL where an older program closed it.
		{"number", "INTEGER NOT NULL DEFAULT 1"}, {"reason", "TEXT NOT NULL DEFAULT ''"}, {"intake", "INTEGER"}}},
	// month_seal_past keeps how a month stood in the closings that another has replaced since.
	{Name: "month_seal_past", Title: "以前的封账", Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (month, number)", Columns: []store.Column{
		{"month", "TEXT NOT NULL"}, {"number", "INTEGER NOT NULL"}, {"sealed_at", "TEXT NOT NULL"}, {"sealed_by", "TEXT NOT NULL"},
		{"reason", "TEXT NOT NULL"}, {"intake", "INTEGER"}, {"content", "TEXT NOT NULL"}}},
}

// since says from which version of the schema every ledger has what came later than the
// first: handed_out and those beside it came within the second, so that the third is the
// first that has them for certain.
var since = map[string]int{
	"handed_out": 3, "admission_material": 3, "due_settled": 3, "compared": 3, "intake_waiting": 3, "bundle_sent.members": 3,
	"mail": 3, "admission_quota": 3, "admission_form": 3, "admission_form_void": 3,
	"unit_code": 3, "unit_retired": 3,
	"unit_begun": 3, "deadline_change": 3,
	"known_key.sent": 3, "known_key.allowed": 3,
	"received_rows": 3,
	"month_who":     3,
	"cleared":       3,
	"sum_bundle":    3, "sum_group": 3, "sum_unit": 3, "sum_past": 3,
	"month_seal_past": 3, "month_seal.number": 3, "month_seal.reason": 3, "month_seal.intake": 3,
	"training_materials": 2, "organization.products": 2, "person.dues_approval": 2, "person.training_need": 2,
	"movement.from_code": 2, "election.recommended_members": 2, "election.recommended_masses": 2,
	"election.screened_on": 2, "election.notice_from": 2, "election.notice_to": 2, "goal.unit": 2,
	"assessment.hearing": 2, "assessment.reward": 2, "training.organizer_kind": 2, "honor.reward": 2,
	// These came within the first.
	"month_close.roll": 2, "month_close_past": 2, "tally": 2,
}
