package county_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

// commands and names are what a sentence may hold that is not Chinese.
var commands = regexp.MustCompile(`taizhang county [a-z]+( [0-9A-Za-z]+)?( --[a-z]+)?|"[^"]*"|“[^”]*”|data/\S*\.csv|datapackage\.json(\.minisig)?|\([a-z_]+\)|不认识的表 [a-z_]+|UTF-8|U\+[0-9A-F]+|U盘|U-disk`)

// speaksChinese asks that what is said of a bundle is Chinese and holds nothing that the
// terminal takes for a command. Every intake of every test passes here.
func speaksChinese(tb testing.TB, in county.Intake) {
	tb.Helper()
	said := []string{in.Reason, in.Verdict}
	for _, p := range in.Problems {
		said = append(said, p.Message, p.Effect, p.ID)
		if _, at, found := model.Hidden(p.Label+p.Kind+p.Field+p.Code+in.Name+in.Code, false); found {
			tb.Errorf("a hidden character at %d of %+v", at, p)
		}
		if !strings.ContainsFunc(p.Message, func(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }) {
			tb.Errorf("not Chinese: %+v", p)
		}
	}
	for _, s := range said {
		if _, at, found := model.Hidden(s, true); found {
			tb.Errorf("a hidden character at %d of %q", at, s)
		}
		if word := latin.FindString(commands.ReplaceAllString(s, "")); word != "" && !idText.MatchString(s) {
			tb.Errorf("%q in %q", word, s)
		}
	}
}

var (
	latin  = regexp.MustCompile(`[A-Za-z]{3,}`)
	idText = regexp.MustCompile(`^[0-9a-f-]{36}$`)
)

// hiddenRunes are the characters that may not come in, by what they would do.
var hiddenRunes = []rune{
	0x00, 0x07, 0x08, 0x09, 0x0B, 0x0C, '\r', 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x9F,
	0x00AD, 0x061C, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E,
	0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0x206F, 0x2800, 0x3164, 0xFE0F, 0xFEFF, 0xFFF9, 0xFFFC, 0xFFFE, 0xFFFF, 0xFDD0, 0xE0001, 0xE0041, 0xE0100,
}

// TestReceiveHidden puts each of these into a name, a note and the name of another kind
// of record: the record is set aside with a reason, the others are in.
func TestReceiveHidden(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	who := make([]*model.Record, len(hiddenRunes))
	for i := range hiddenRunes {
		who[i] = v.person(t, fmt.Sprintf("张%c", '一'+rune(i)), "note", "一行\n两行")
	}
	clean := v.person(t, "王五", "note", "𫍯、\ue863、䶮、②也能写\n第二行")
	for _, field := range []string{"name", "note", "phone", "native_place", "sex", "birth_date", "id_number"} {
		path := v.changed(t, v.export(t), func(tb map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
			for i, r := range hiddenRunes {
				set(tb, rs, "person", who[i].ID, field, "张"+string(r)+"三")
			}
			return rs
		})
		in := o.one(t, path)
		if in.Verdict != county.Partly || in.SetAside != len(hiddenRunes) {
			t.Errorf("%s: %s %s, %d set aside", field, in.Verdict, in.Reason, in.SetAside)
		}
		if field == "name" && !strings.Contains(in.Problems[0].Message, "第 2 个字是看不见的控制字符(U+0000)") {
			t.Errorf("says %q", in.Problems[0].Message)
		}
	}
	got, err := o.l.Get(ctx, "person", clean.ID)
	must(t, err)
	if got.Str("note") != "𫍯、\ue863、䶮、②也能写\n第二行" {
		t.Errorf("rare characters came as %q", got.Str("note"))
	}
	files, err := county.Receipts(ctx, o.l, o.key, o.stick, "2026-10")
	must(t, err)
	if len(files) == 0 {
		t.Error("no receipt")
	}
}

// TestReceiveHiddenNames puts hidden characters where the county prints them without a
// record: the bundle is refused.
func TestReceiveHiddenNames(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	o.one(t, v.export(t).Path)
	before := o.dump(t)
	for name, change := range map[string]func(m *bundle.Meta){
		"the organisation's name":    func(m *bundle.Meta) { m.Organization.Name = "石桥村\u202e部支党" },
		"the name as a command":      func(m *bundle.Meta) { m.Organization.Name = "\x1b[2J" },
		"a name of a megabyte":       func(m *bundle.Meta) { m.Organization.Name = strings.Repeat("村", 1<<18) },
		"the organisation's id":      func(m *bundle.Meta) { m.Organization.ID += "\u200b" },
		"the program":                func(m *bundle.Meta) { m.Program = "taizhang\u009b" },
		"a kind that is counted":     func(m *bundle.Meta) { m.Counts["person\u202e"] = 1 },
		"a movement of the balance":  func(m *bundle.Meta) { m.Balance.Movements = map[string]int{"转入\x07": 1} },
		"the record of a finding":    func(m *bundle.Meta) { m.Problems.List = []bundle.Problem{{Kind: "person", ID: "\x1b]0;x\x07"}} },
		"the code of a finding":      func(m *bundle.Meta) { m.Problems.List = []bundle.Problem{{Kind: "person", Code: "E-\u202e"}} },
		"the kind of a finding":      func(m *bundle.Meta) { m.Problems.List = []bundle.Problem{{Kind: "人\u200f员"}} },
		"a month before the party":   func(m *bundle.Meta) { m.Month = "1920-12" },
		"a month of another century": func(m *bundle.Meta) { m.Month = "2201-01" },
	} {
		path := v.changed(t, v.export(t), func(_ map[string][][]string, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
			change(m)
			return rs
		})
		if in := o.one(t, path); in.Verdict != county.Refused || !strings.Contains(in.Reason, "不合格式") {
			t.Errorf("%s: %s %s", name, in.Verdict, in.Reason)
		}
	}
	if o.dump(t) != before {
		t.Error("the ledger has changed")
	}
}

// TestReceiveHiddenMessage cleans what the village's own rules said.
func TestReceiveHiddenMessage(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	who := v.person(t, "张三")
	path := v.changed(t, v.export(t), func(_ map[string][][]string, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
		m.Problems.List = []bundle.Problem{{Kind: "person", ID: who.ID, Field: "name", Code: "W-X", Severity: "warning", Message: "请\x1b[2J核对\u202e姓名"}}
		return rs
	})
	in := o.one(t, path)
	if i := slices.IndexFunc(in.Problems, func(p county.Problem) bool { return p.Code == "W-X" }); i < 0 || in.Problems[i].Message != "请[2J核对姓名" {
		t.Errorf("says %+v", in.Problems)
	}
}

// TestReceiveBounds sends numbers and times that are out of all reason.
func TestReceiveBounds(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	who := v.person(t, "张三")
	other := v.person(t, "李四")
	o.one(t, v.export(t).Path) // number 1
	type tables = map[string][][]string
	row := func(column, value string) func(tb tables, rs []bundle.Resource, m *bundle.Meta) {
		return func(tb tables, rs []bundle.Resource, _ *bundle.Meta) { set(tb, rs, "person", who.ID, column, value) }
	}
	for _, c := range []struct {
		name, verdict, want string
		change              func(tb tables, rs []bundle.Resource, m *bundle.Meta)
	}{
		{"a number too far above", county.Refused, "大得太多", func(_ tables, _ []bundle.Resource, m *bundle.Meta) { m.Sequence = 1_000_002 }},
		{"the highest number", county.Refused, "大得太多", func(_ tables, _ []bundle.Resource, m *bundle.Meta) { m.Sequence = 1<<63 - 1 }},
		{"no number", county.Refused, "序号", func(_ tables, _ []bundle.Resource, m *bundle.Meta) { m.Sequence = 0 }},
		{"a number below", county.Refused, "序号", func(_ tables, _ []bundle.Resource, m *bundle.Meta) { m.Sequence = -5 }},
		{"a month to come", county.Refused, "还没有到", func(_ tables, _ []bundle.Resource, m *bundle.Meta) { m.Month = "2027-10" }},
		{"written down before the party", county.Partly, "登记、修改或删除的时间不对", row("created_at", "1920-12-31T23:59:59Z")},
		{"written down in the year 0", county.Partly, "登记、修改或删除的时间不对", row("created_at", "0000-01-01T00:00:00Z")},
		{"changed on no day", county.Partly, "登记、修改或删除的时间不对", row("updated_at", "2026-02-30T00:00:00Z")},
		{"deleted in no form", county.Partly, "登记、修改或删除的时间不对", row("deleted_at", "2026-10-31 09:00")},
		{"revised too often", county.Partly, "修订号不对", row("rev", "9223372036854775807")},
		{"revised less than never", county.Partly, "修订号不对", row("rev", "-1")},
		{"revised more than fits", county.Partly, "修订号不对", row("rev", "9223372036854775808")},
		{"born in the year 9999", county.Partly, "不像真的日期", row("birth_date", "9999-12-31")},
		{"born on no day", county.Partly, "日期", row("birth_date", "2023-02-30")},
		{"written down in two days", county.Accepted, "1 条记录(例如人员“张三”)", row("created_at", "2026-11-02T09:00:00Z")},
		{"changed in a year", county.Accepted, "晚一天以上,已照样收入", row("updated_at", "2027-10-31T09:00:00Z")},
		{"deleted in two days", county.Accepted, "晚一天以上", row("deleted_at", "2026-11-02T09:00:00Z")},
		{"an hour ahead", county.Accepted, "", row("updated_at", "2026-10-31T10:00:00Z")},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := v.changed(t, v.export(t), func(tb tables, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
				c.change(tb, rs, m)
				return rs
			})
			in := o.one(t, path)
			said := in.Reason
			for _, p := range in.Problems {
				said += p.Message
			}
			if in.Verdict != c.verdict || !strings.Contains(said, c.want) || c.want == "" && said != "" {
				t.Errorf("%s, %s", in.Verdict, said)
			}
			if _, err := o.l.Get(ctx, "person", other.ID); err != nil {
				t.Errorf("the other record: %v", err)
			}
		})
	}
	must(t, o.l.Integrity(ctx))
}

// TestReceiveFromTheFuture: a village whose clock runs a year ahead is told so in a
// receipt, and once it is set its bundle is taken with all records.
func TestReceiveFromTheFuture(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	o.one(t, v.export(t).Path)
	own := v.Source().Now
	v.Source().Now = func() time.Time { return own().AddDate(1, 0, 0) }
	who := v.person(t, "张三")
	in := o.one(t, v.export(t).Path)
	if in.Verdict != county.Refused || !strings.Contains(in.Reason, "2027年10月31日") || !strings.Contains(in.Reason, "日期和时间调准") {
		t.Fatalf("%s, %s", in.Verdict, in.Reason)
	}
	files, err := county.Receipts(ctx, o.l, o.key, o.stick, "2026-10")
	must(t, err)
	if len(files) == 0 {
		t.Error("no receipt says it")
	}
	v.Source().Now = own
	in = o.one(t, v.export(t).Path)
	if in.Verdict != county.Accepted || len(in.Problems) == 0 || in.Problems[0].Code != "W-CLOCK" {
		t.Errorf("after the clock was set: %s, %s, %+v", in.Verdict, in.Reason, in.Problems)
	}
	if _, err := o.l.Get(ctx, "person", who.ID); err != nil {
		t.Errorf("who was written down meanwhile: %v", err)
	}
}
