package bundle_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"aead.dev/minisign"

	"taizhang/model"
	"taizhang/store/bundle"
)

// noon is when everything in these tests is made.
var noon = time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)

// seed gives random bytes that are always the same.
func seed(b byte) io.Reader { return bytes.NewReader(bytes.Repeat([]byte{b}, 1000)) }

func signingKey(tb testing.TB, b byte) minisign.PrivateKey {
	tb.Helper()
	key, err := bundle.NewSigningKey(seed(b))
	must(tb, err)
	return key
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// code gives the code of a *model.Error, "" for nil.
func code(err error) string {
	var e *model.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	}
	return "not a *model.Error: " + err.Error()
}

// kinds are two kinds that refer to themselves, to each other, by lists and by rolls.
func kinds() *model.Catalog {
	return model.NewCatalog(
		&model.Kind{Name: "organization", Title: "党组织", Label: []string{"name"}, Columns: []string{"name"},
			Sections: []model.Section{{Fields: []*model.Field{
				{Name: "name", Label: "名称", Type: model.TypeText, Required: true},
				{Name: "parent", Label: "上级", Type: model.TypeRef, Target: "organization"},
			}}}},
		&model.Kind{Name: "meet", Title: "会议", Label: []string{"title"}, Columns: []string{"title"},
			Sections: []model.Section{{Fields: []*model.Field{
				{Name: "title", Label: "主题", Type: model.TypeNote},
				{Name: "held_on", Label: "日期", Type: model.TypeDate},
				{Name: "fee", Label: "费用", Type: model.TypeMoney},
				{Name: "year", Label: "年度", Type: model.TypeYear},
				{Name: "month", Label: "月份", Type: model.TypeMonth},
				{Name: "open", Label: "公开", Type: model.TypeBool},
				{Name: "after", Label: "前次", Type: model.TypeRef, Target: "meet"},
				{Name: "hosts", Label: "主办", Type: model.TypeRefs, Target: "organization"},
				{Name: "roll", Label: "到会", Type: model.TypeRoll, Target: "organization", Choices: []string{"到会", "请假"}},
			}}}},
	)
}

const stamp = "2026-10-01T08:00:00Z"

// content holds rows for the tables of kinds.
func content() map[string][][]string {
	return map[string][][]string{
		"organization": {
			{"o1", "o1", stamp, stamp, "1", "", "石桥村党支部", ""},
			{"o2", "o1", stamp, stamp, "3", stamp, "第一党小组", "o1"},
		},
		"meet": {
			{"m1", "o1", stamp, stamp, "1", "", "一,二\n“三”\"四\"; \r五", "2026-07-01", "1250", "2026", "2026-07", "1", ""},
			{"m2", "o1", stamp, stamp, "2", "", "", "", "", "", "", "0", "m1"},
			{"m3", "o1", stamp, stamp, "2", stamp, " 空格在前 ", "", "-5", "", "", "0", "m2"},
		},
		"meet_hosts": {{"m1", "o1"}, {"m1", "o2"}, {"m3", "o2"}},
		"meet_roll":  {{"m1", "o1", "到会"}, {"m1", "o2", "请假"}},
	}
}

func rowsOf(rows [][]string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func meta() bundle.Meta {
	return bundle.Meta{Program: "taizhang test", Organization: bundle.Organization{ID: "o1", Code: "990101AB01", Name: "石桥村党支部"},
		Month: "2026-10", Sequence: 7, Sent: []bundle.Before{{Sequence: 6, Hash: strings.Repeat("a", 64)}, {Sequence: 4, Hash: strings.Repeat("b", 64)}}, Counts: map[string]int{"organization": 1, "meet": 2},
		Problems: bundle.Problems{Warnings: 1, List: []bundle.Problem{{Kind: "meet", ID: "m2", Code: "W-X", Severity: "warning", Message: "<没有>主题 & 地点"}}}}
}

// build makes a bundle of content.
func build(tb testing.TB, content map[string][][]string) *bundle.Written {
	tb.Helper()
	var b bundle.Builder
	for _, r := range bundle.Resources(kinds(), "organization") {
		must(tb, b.Add(context.Background(), r, rowsOf(content[r.Name])))
	}
	w, err := b.Finish(meta(), signingKey(tb, 1), noon)
	must(tb, err)
	return w
}

func TestRoundTrip(t *testing.T) {
	w := build(t, content())
	b, err := bundle.Open(w.ZIP)
	must(t, err)
	if !b.Signed || b.Hash != w.Hash || b.Package.Taizhang.Sequence != 7 {
		t.Errorf("signed %v, hash %s, sequence %d", b.Signed, b.Hash, b.Package.Taizhang.Sequence)
	}
	for name, want := range content() {
		var got [][]string
		for row, err := range b.Rows(name) {
			must(t, err)
			got = append(got, row)
		}
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for _, err := range b.Rows("meet") { // a reader may stop early
		must(t, err)
		break
	}
	for _, err := range b.Rows("nothing") {
		if code(err) != bundle.CodeRows {
			t.Errorf("an unknown table: %v", err)
		}
	}
	if again := build(t, content()); !bytes.Equal(again.ZIP, w.ZIP) {
		t.Error("the same content gives another ZIP")
	}
}

// TestFiles looks at the bytes, as other programs see them.
func TestFiles(t *testing.T) {
	w := build(t, content())
	files := unzip(t, w.ZIP)
	var names []string
	for _, f := range files {
		names = append(names, f.name)
	}
	want := []string{"datapackage.json", "datapackage.json.minisig", "data/organization.csv", "data/meet.csv", "data/meet_hosts.csv", "data/meet_roll.csv"}
	if !slices.Equal(names, want) {
		t.Errorf("files %v", names)
	}
	if got, want := string(files[2].text), "id,org_id,created_at,updated_at,rev,deleted_at,name,parent\r\n"+
		"o1,o1,"+stamp+","+stamp+",1,,石桥村党支部,\r\n"+"o2,o1,"+stamp+","+stamp+",3,"+stamp+",第一党小组,o1\r\n"; got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	for _, quoted := range []string{"\"一,二\n“三”\"\"四\"\"; \r五\"", "\" 空格在前 \""} {
		if !strings.Contains(string(files[3].text), quoted) {
			t.Errorf("no %q in %q", quoted, files[3].text)
		}
	}
	text := string(files[0].text)
	for _, part := range []string{`"name": "taizhang_990101ab01_2026-10_0007"`, `"version": "2026.10.0"`, `"created": "2026-10-31T12:00:00Z"`,
		`"message": "<没有>主题 & 地点"`, `"title": "石桥村党支部 2026年10月报送包"`} {
		if !strings.Contains(text, part) {
			t.Errorf("no %s in\n%s", part, text)
		}
	}
}

// TestSchema compares the description of a table with what the database enforces.
func TestSchema(t *testing.T) {
	for _, r := range bundle.Resources(kinds(), "organization") {
		var parts []string
		for _, f := range r.Schema.Fields {
			s := f.Name + ":" + f.Type
			if f.Constraints != nil && f.Constraints.Required {
				s += "!"
			}
			parts = append(parts, s)
		}
		for _, k := range r.Schema.ForeignKeys {
			parts = append(parts, k.Fields[0]+"→"+k.Reference.Resource)
		}
		got := strings.Join(parts, " ")
		want := map[string]string{
			"organization": "id:string! org_id:string! created_at:datetime! updated_at:datetime! rev:integer! deleted_at:datetime name:string parent:string org_id→ parent→",
			"meet": "id:string! org_id:string! created_at:datetime! updated_at:datetime! rev:integer! deleted_at:datetime title:string held_on:date fee:integer " +
				"year:integer month:string open:integer! after:string org_id→organization after→",
			"meet_hosts": "record_id:string! target_id:string! record_id→meet target_id→organization",
			"meet_roll":  "record_id:string! target_id:string! state:string! record_id→meet target_id→organization",
		}[r.Name]
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", r.Name, got, want)
		}
	}
}

func TestBuilderRefuses(t *testing.T) {
	broken := errors.New("broken")
	long := strings.Repeat("长", 4<<20)
	cases := []struct {
		name string
		rows iter.Seq2[[]string, error]
		want string
	}{
		{"an id twice", rowsOf([][]string{{"m1", "o1"}, {"m1", "o1"}}), "重复"},
		{"out of order", rowsOf([][]string{{"m2", "o1"}, {"m1", "o1"}}), "没有按编号排"},
		{"no id", rowsOf([][]string{{"", "o1"}}), "没有编号"},
		{"too few values", rowsOf([][]string{{"m1"}}), "1 values"},
		{"a broken source", func(yield func([]string, error) bool) { yield(nil, broken) }, "broken"},
		{"too large", func(yield func([]string, error) bool) {
			for i := range 10 {
				if !yield([]string{"m" + string(rune('0'+i)), long}, nil) {
					return
				}
			}
		}, "一个报送包装不下"},
	}
	hosts := bundle.Resources(kinds(), "organization")[2]
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var b bundle.Builder
			err := b.Add(context.Background(), hosts, c.rows)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestFileNames(t *testing.T) {
	if got := bundle.FileName("990101AB", "2026-10", 12, false); got != "990101AB_2026-10_0012.tzb" {
		t.Error(got)
	}
	for _, good := range []string{"990101AB_2026-10_0012.tzb", "990101AB_2026-10_0012.zip", "990101AB_2026-10_10012.tzb"} {
		c, m, n, ok := bundle.ParseFileName(good)
		if !ok || c != "990101AB" || m != "2026-10" || n%10000 != 12 {
			t.Errorf("%s: %s %s %d %v", good, c, m, n, ok)
		}
	}
	for _, bad := range []string{"", "990101AB_2026-13_0012.tzb", "990101AB_2026-10_012.tzb", "9_2026-10_0012.tzb", "990101AB_2026-10_0012.tzb.tmp",
		"990101AB_2026-10_0000.tzb", "村_2026-10_0012.tzb", "990101AB_2026-10_0012.receipt.json"} {
		if _, _, _, ok := bundle.ParseFileName(bad); ok {
			t.Errorf("%q is taken for a bundle", bad)
		}
	}
}

// file is an entry of a ZIP.
type file struct {
	name string
	text []byte
	mode func(*zip.FileHeader)
}

func unzip(tb testing.TB, data []byte) []file {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(tb, err)
	var files []file
	for _, f := range z.File {
		r, err := f.Open()
		must(tb, err)
		text, err := io.ReadAll(r)
		must(tb, err)
		files = append(files, file{name: f.Name, text: text})
	}
	return files
}

// pack makes a ZIP as any program might.
func pack(tb testing.TB, files []file) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if f.mode != nil {
			f.mode(h)
		}
		w, err := z.CreateHeader(h)
		must(tb, err)
		_, err = w.Write(f.text)
		must(tb, err)
	}
	must(tb, z.Close())
	return b.Bytes()
}

// resign changes datapackage.json and signs it again: what a village with a wrong
// mind, but with its own key, could send.
func resign(tb testing.TB, files []file, change func(p map[string]any)) []file {
	tb.Helper()
	var p map[string]any
	must(tb, json.Unmarshal(files[0].text, &p))
	change(p)
	text, err := json.Marshal(p)
	must(tb, err)
	return resignText(tb, files, string(text))
}

func resignText(tb testing.TB, files []file, text string) []file {
	tb.Helper()
	files = slices.Clone(files)
	files[0].text = []byte(text)
	files[1].text = minisign.Sign(signingKey(tb, 1), files[0].text)
	return files
}

func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// TestBalanceKeepsItsNames: the county of an older or a newer program reads the balance
// by these names, in this order.
func TestBalanceKeepsItsNames(t *testing.T) {
	b := bundle.Balance{Opening: 1, Opened: 2, Movements: map[string]int{"转入": 3}, Added: 4, Removed: 5, Developed: 6, Restored: 7,
		MovedIn: 8, WholeIn: 9, Expelled: 10, Stopped: 11, Died: 12, MovedOut: 13, WholeOut: 14, Expected: 15, Closing: 16, Probationary: 17, Difference: 18}
	const want = `{"opening":1,"opened":2,"movements":{"转入":3},"added":4,"removed":5,"developed":6,"restored":7,` +
		`"moved_in":8,"whole_in":9,"expelled":10,"stopped":11,"died":12,"moved_out":13,"whole_out":14,"expected":15,"closing":16,"probationary":17,"difference":18}`
	got, err := json.Marshal(b)
	must(t, err)
	if string(got) != want {
		t.Errorf("got %s", got)
	}
	var back bundle.Balance
	must(t, json.Unmarshal(got, &back))
	if fmt.Sprint(back) != fmt.Sprint(b) {
		t.Errorf("comes back as %+v", back)
	}
}
