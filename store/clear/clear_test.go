package clear_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/clear"
	"taizhang/store/count"
	"taizhang/store/demo"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/storetest"
	"taizhang/store/transfer"
)

// later is a day on which those who left the made-up village have been away for five years.
const later = model.Date("2032-06-30")

func clockOf(day model.Date) *model.Source {
	now := day.Time().Add(9 * time.Hour)
	return &model.Source{Now: func() time.Time { now = now.Add(time.Second); return now }, Rand: rand.Reader}
}

// village makes the made-up village and opens it later.
func village(t *testing.T) (*store.Ledger, string) {
	t.Helper()
	dir := t.TempDir()
	res, err := demo.Village(context.Background(), dir, demo.Options{Members: 60})
	storetest.Must(t, err)
	return open(t, res.Ledger), dir
}

func open(t *testing.T, path string) *store.Ledger {
	t.Helper()
	l, err := book.Open(context.Background(), path, store.Options{Source: clockOf(later)})
	storetest.Must(t, err)
	return l
}

// values are what stood in the private fields of those who are to be cleared.
func values(t *testing.T, l *store.Ledger, p *clear.Plan) (numbers, addresses []string) {
	t.Helper()
	for _, s := range p.Who {
		r, err := l.Get(context.Background(), s.Kind.Name, s.ID)
		storetest.Must(t, err)
		for _, f := range []string{"id_number", "phone"} {
			if v := r.Str(f); v != "" {
				numbers = append(numbers, v)
			}
		}
		if v := r.Str("address"); v != "" {
			addresses = append(addresses, v)
		}
	}
	return numbers, addresses
}

// search gives the files of a folder that hold one of the values, looking into archives,
// and over separators between digits.
func search(t *testing.T, dir string, values []string) []string {
	t.Helper()
	var found []string
	holds := func(content []byte) bool {
		plain := bytes.Map(func(r rune) rune {
			if strings.ContainsRune(" -·", r) {
				return -1
			}
			return r
		}, bytes.ToValidUTF8(content, nil))
		return slices.ContainsFunc(values, func(v string) bool {
			return bytes.Contains(content, []byte(v)) || len(v) == 18 && bytes.Contains(plain, []byte(v))
		})
	}
	storetest.Must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if holds(content) {
			found = append(found, filepath.Base(path))
			return nil
		}
		z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			return nil
		}
		for _, part := range z.File {
			r, err := part.Open()
			if err != nil {
				return err
			}
			text, err := io.ReadAll(r)
			if err != nil {
				return err
			}
			if holds(text) {
				found = append(found, filepath.Base(path))
				return nil
			}
		}
		return nil
	}))
	return found
}

// figures are all sums of the village's months, and how they were closed, as bytes.
func figures(t *testing.T, l *store.Ledger) string {
	t.Helper()
	ctx := context.Background()
	var out strings.Builder
	put := func(v any, err error) {
		storetest.Must(t, err)
		text, err := json.Marshal(v)
		storetest.Must(t, err)
		out.Write(append(text, '\n'))
	}
	for m := model.Month("2025-11"); m <= "2026-12"; m = m.Add(1) {
		period, err := count.MonthPeriod(l, m)
		storetest.Must(t, err)
		sum, err := count.Summarize(ctx, l, count.SummaryQuery{Period: period})
		put(sum.Groups, err)
		b, err := count.Balance(ctx, l, m)
		slices.Sort(b.Members)
		put(b, err)
	}
	for _, year := range []int{2025, 2026, 2031, 2032} {
		put(count.YearBalance(ctx, l, year))
		sheet, err := count.Dues(ctx, l, year)
		storetest.Must(t, err)
		for _, row := range sheet.Rows {
			put(row.Months, nil)
		}
	}
	for _, table := range []string{"month_close", "month_close_past", "month_review"} {
		rows, err := l.Inside(raw.Pass{}).Readers().Once(ctx, "SELECT * FROM "+table+" ORDER BY 1, 2")
		storetest.Must(t, err)
		columns, err := rows.Columns()
		storetest.Must(t, err)
		storetest.Must(t, raw.Each(rows, func(scan func(...any) error) error {
			row, at := make([]any, len(columns)), make([]any, len(columns))
			for i := range row {
				at[i] = &row[i]
			}
			if err := scan(at...); err != nil {
				return err
			}
			fmt.Fprintln(&out, table, row)
			return nil
		}))
	}
	return out.String()
}

// TestNothingIsFoundAfterwards: after a clearing no file of the ledger's folders holds what
// was cleared: neither rows nor history, the recycle bin, drafts, texts of others with
// separators or full-width digits, copies, lists; and every sum is as before.
func TestNothingIsFoundAfterwards(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	l, dir := village(t)
	defer func() { storetest.Must(t, l.Close()) }()
	storetest.Must(t, count.CloseMonth(ctx, l, "2026-09", "李四"))
	storetest.Must(t, count.CloseMonth(ctx, l, "2026-09", "王五"))
	p, err := clear.Find(ctx, l, clear.Options{})
	storetest.Must(t, err)
	if len(p.Who) == 0 || p.Years != 5 {
		t.Fatalf("nobody to clear: %+v", p)
	}
	moved := max(slices.IndexFunc(p.Who, func(s clear.Someone) bool { return s.Why == "转出" }), 0)
	one, err := l.Get(ctx, p.Who[moved].Kind.Name, p.Who[moved].ID)
	storetest.Must(t, err)
	number := one.Str("id_number")
	spread(t, l, dir, one)
	storetest.Must(t, os.MkdirAll(filepath.Join(dir, "别处"), 0o700))
	storetest.Must(t, l.Backup(ctx, filepath.Join(dir, "别处", "另一本.db")))
	before := figures(t, l)
	p, err = clear.Find(ctx, l, clear.Options{Files: true})
	storetest.Must(t, err)
	numbers, addresses := values(t, l, p)
	numbers = append(numbers, "10087654321") // a former phone
	if len(search(t, dir, numbers)) < 4 {
		t.Fatalf("the numbers stand in too few files: %v", search(t, dir, numbers))
	}

	done, err := clear.Do(ctx, l, p)
	storetest.Must(t, err)
	if len(done.Who) != len(p.Who) || done.Waiting != "" || done.Others == 0 {
		t.Errorf("%+v", done)
	}
	if after := figures(t, l); after != before {
		t.Errorf("the sums have changed:\n%s\nwere\n%s", after, before)
	}
	var left []string
	for _, f := range done.Remain {
		left = append(left, filepath.Base(f.Path))
		storetest.Must(t, os.Remove(f.Path))
	}
	slices.Sort(left)
	if !slices.Equal(left, []string{"另一本.db", "名册.csv"}) { // what may be the book that is really written in is not removed
		t.Errorf("left to the person: %v", left)
	}
	if found := search(t, dir, append(numbers, addresses...)); len(found) > 0 {
		t.Errorf("still found while open in %v", found)
	}
	storetest.Must(t, l.Close())
	if found := search(t, dir, append(numbers, addresses...)); len(found) > 0 {
		t.Errorf("still found in %v", found)
	}
	l = open(t, l.Path())
	lineStays(t, l, one, number)
}

// spread puts a person's numbers wherever they may come to stand.
func spread(t *testing.T, l *store.Ledger, dir string, one *model.Record) {
	t.Helper()
	ctx := context.Background()
	number := one.Str("id_number")
	apart := number[:6] + " " + number[6:14] + "-" + number[14:]
	wide := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '\uff10'
		}
		return r
	}, number)
	phone := one.Str("phone")
	for _, v := range []string{"10087654321", phone} { // a former phone, in the history alone
		one.Set("phone", v)
		_, err := l.Save(ctx, model.FromForm, one)
		storetest.Must(t, err)
	}
	talk, err := l.New(ctx, "circular")
	storetest.Must(t, err)
	for name, v := range map[string]any{"direction": "收文", "title": "关于" + apart, "unit": "石桥镇", "happened_on": model.Date("2026-05-01"), "action": "号码" + wide + "已核对"} {
		talk.Set(name, v)
	}
	_, err = l.Save(ctx, model.FromForm, talk)
	storetest.Must(t, err)
	gone, err := l.New(ctx, "person") // the same person twice, one in the recycle bin
	storetest.Must(t, err)
	for name, v := range map[string]any{"name": one.Str("name"), "sex": one.Str("sex"), "status": "群众"} {
		gone.Set(name, v)
	}
	_, err = l.Save(ctx, model.FromForm, gone)
	storetest.Must(t, err)
	storetest.Must(t, l.Delete(ctx, "person", gone.ID))
	binned, err := l.Get(ctx, "person", gone.ID)
	storetest.Must(t, err)
	binned.Set("id_number", number)
	storetest.Must(t, l.Inside(raw.Pass{}).Write(ctx, func(ctx context.Context, w *store.Tx) error {
		return w.Exec(ctx, "UPDATE person SET id_number = ? WHERE id = ?", number, gone.ID)
	}))
	storetest.Must(t, l.SaveDraft(ctx, &store.Draft{Kind: "person", RecordID: one.ID, Label: "x", Texts: []byte(`{"id_number":"` + number + `"}`)}))
	storetest.Must(t, l.SaveDraft(ctx, &store.Draft{Kind: "talk", Label: "x", Texts: []byte(`{"content":"` + number + `"}`)}))
	storetest.Must(t, l.NoteHandOut(ctx, store.HandedOut{Title: "名册", Purpose: "核对" + number, Receiver: "石桥镇党委"}))
	storetest.Must(t, l.Backup(ctx, filepath.Join(dir, l.BackupName())))
	storetest.Must(t, os.MkdirAll(filepath.Join(dir, "备份"), 0o700))
	storetest.Must(t, l.Backup(ctx, filepath.Join(dir, "备份", "旧.db")))
	storetest.Must(t, os.WriteFile(filepath.Join(dir, "名册.csv"), []byte("姓名,身份证号\n某,"+number+"\n"), 0o600))
	var sheet bytes.Buffer
	z := zip.NewWriter(&sheet)
	part, err := z.Create("xl/sharedStrings.xml")
	storetest.Must(t, err)
	_, err = part.Write([]byte("<t>" + number + "</t>"))
	storetest.Must(t, err)
	storetest.Must(t, z.Close())
	storetest.Must(t, os.WriteFile(filepath.Join(dir, "名册.rejected.xlsx"), sheet.Bytes(), 0o600))
}

// lineStays: the line of the register is there, its history tells of the act, nothing can be
// undone, and the person is found by name.
func lineStays(t *testing.T, l *store.Ledger, was *model.Record, number string) {
	t.Helper()
	ctx := context.Background()
	now, err := l.Get(ctx, "person", was.ID)
	storetest.Must(t, err)
	for _, f := range now.Kind.Fields() {
		if f.Private && now.Filled(f.Name) {
			t.Errorf("%s is still there", f.Name)
		}
		if !f.Private && !f.Equal(now.Get(f.Name), was.Get(f.Name)) {
			t.Errorf("%s has changed", f.Name)
		}
	}
	events, err := l.History(ctx, "person", was.ID)
	storetest.Must(t, err)
	if last := events[len(events)-1]; last.Action != store.ActionClear || last.By == "" {
		t.Errorf("the history ends with %+v", last)
	}
	acts, err := clear.Acts(ctx, l)
	storetest.Must(t, err)
	if len(acts) != 1 || !slices.Contains(acts[0].Names, was.Str("name")) {
		t.Errorf("acts: %+v", acts)
	}
	if what, err := l.Undo(ctx); what != "" || err != nil {
		t.Errorf("undone: %s %v", what, err)
	}
	for find, want := range map[string]int{number: 0, was.Str("name"): 1} {
		n, err := l.Count(ctx, store.Query{Kind: "person", Find: find})
		storetest.Must(t, err)
		if n < want || want == 0 && n > 0 {
			t.Errorf("%q finds %d", find, n)
		}
	}
	p, err := clear.Find(ctx, l, clear.Options{})
	storetest.Must(t, err)
	if len(p.Who) != 0 {
		t.Errorf("once more: %+v", p.Who)
	}
	again, err := l.New(ctx, "person") // who comes back is known by name and birth date
	storetest.Must(t, err)
	for _, f := range []string{"name", "sex", "birth_date"} {
		again.Set(f, was.Get(f))
	}
	again.Set("id_number", number)
	same, err := again.Kind.Match(l.Env(ctx), again)
	storetest.Must(t, err)
	if len(same) != 1 || same[0].ID != was.ID {
		t.Errorf("comes back as another: %v", same)
	}
	if now.Is("standing", "转出") {
		_, err = transfer.Hand(ctx, l, []string{was.ID}, t.TempDir())
		storetest.Must(t, err)
	}
	storetest.Must(t, l.CheckAll(ctx, func(p store.Problem) error {
		if p.ID == was.ID && strings.HasPrefix(p.Finding.Code, "E-ID") {
			t.Errorf("%s: %s", p.Label, p.Finding.Message)
		}
		return nil
	}))
	storetest.Must(t, l.Integrity(ctx))
}
