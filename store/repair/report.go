package repair

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/raw"
	"taizhang/store/sheet"
)

// Item is one record, or one part of it, that could not be read from the file.
type Item struct {
	Table, Kind string // its table's name and title
	Name, ID    string // what it is called as far as anything tells, without whole numbers
	What        string // what of it: 整条, or which part
	From        string // what it was taken from instead; "" for nothing: it is lost
	Held        string // the day of the newest backup that holds it, YYYY-MM-DD; "" for none
	Doubtful    bool   // nothing is lost, but the file and its own history differ

	past bool // of its history alone
}

// Sum is what became of a table.
type Sum struct {
	Name, Title string
	Read        int // rows that stand in the new ledger as they were read
	Mended      int // of these, rows of which a part was taken from history or backup
	FromHistory int // rows made anew
	FromBackup  int
	FromIndex   int
	Part        int // rows of which a part is lost
	Lost        int // rows that are known to be lost
	Unread      int // rows on pages that could not be understood, made anew since or not
	Doubtful    int
	Pages       int  // pages of the table that are broken
	Found       int  // pages that were found although nothing led there
	Gone        bool // the file has no such table any more
	record      bool
}

// Report tells what salvaging brought.
type Report struct {
	Damaged, New string // the files
	Code, Name   string // the organisation
	At           string // YYYY-MM-DDThh:mm:ssZ
	Items        []Item
	Notes        []string

	sums  map[string]*Sum
	order []string

	pasts, doubts int
}

// mostNamed bounds how many records are named of which only the past is lost, or that differ
// from it: of a county's ledger they may be hundreds of thousands. Records that are lost are
// all named.
const mostNamed = 5000

func (r *Report) add(it Item) {
	for _, some := range []struct {
		is    bool
		count *int
		title string
	}{{it.past, &r.pasts, "修改经过不全的"}, {it.Doubtful, &r.doubts, "与修改经过不一样的"}} {
		if !some.is {
			continue
		}
		if *some.count++; *some.count > mostNamed {
			r.note("%s太多,只逐条列出 %d 条", some.title, mostNamed)
			return
		}
	}
	r.Items = append(r.Items, it)
}

func (r *Report) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(r.Notes, text) {
		r.Notes = append(r.Notes, text)
	}
}

//go:noinline
func (r *Report) sum(t *table) *Sum {
	s := r.sums[t.name]
	if s == nil {
		s = &Sum{Name: t.name, Title: t.title, record: t.kind != nil}
		r.sums[t.name] = s
		r.order = append(r.order, t.name)
	}
	return s
}

// Sums gives what became of each table: those of the records first, of each those with
// damage first.
func (r *Report) Sums() []Sum {
	var all []Sum
	for _, name := range r.order {
		all = append(all, *r.sums[name])
	}
	model.Sort(all, func(a, b Sum) int {
		return cmp.Or(model.OneIf(b.touched())-model.OneIf(a.touched()), model.OneIf(b.record)-model.OneIf(a.record))
	})
	return all
}

func (s Sum) touched() bool {
	return s.Mended+s.FromHistory+s.FromBackup+s.FromIndex+s.Part+s.Lost+s.Doubtful+s.Pages+s.Found > 0 || s.Gone
}

// Total adds all tables up.
func (r *Report) Total() (sum Sum) {
	for _, s := range r.sums {
		sum.Read += s.Read
		sum.Mended += s.Mended
		sum.FromHistory += s.FromHistory
		sum.FromBackup += s.FromBackup
		sum.FromIndex += s.FromIndex
		sum.Part += s.Part
		sum.Lost += s.Lost
		sum.Unread += s.Unread
		sum.Doubtful += s.Doubtful
		sum.Pages += s.Pages
		sum.Found += s.Found
	}
	return sum
}

// Lost gives the items that nothing made up for.
func (r *Report) Lost() (all []Item) {
	for _, it := range r.Items {
		if it.From == "" && !it.Doubtful {
			all = append(all, it)
		}
	}
	return all
}

// Whole tells that nothing is lost and nothing had to be made up.
func (r *Report) Whole() bool { return len(r.Items) == 0 }

// Text says in sentences what salvaging brought.
func (r *Report) Text() []string {
	sum := r.Total()
	lines := []string{fmt.Sprintf("从坏的文件里读出 %d 条", sum.Read)}
	for _, part := range []struct {
		n    int
		text string
	}{
		{sum.FromHistory, "整条读不出,按修改经过恢复 %d 条"}, {sum.FromBackup, "从备份补上 %d 条"}, {sum.FromIndex, "按索引恢复 %d 处"},
		{sum.Mended, "有的项读不出,已经补上的 %d 条"}, {sum.Part, "只剩一部分的 %d 条"}, {sum.Lost, "没能找回的 %d 条"}, {sum.Doubtful, "与修改经过不一样、要核对的 %d 条"},
	} {
		if part.n > 0 {
			lines = append(lines, fmt.Sprintf(part.text, part.n))
		}
	}
	for _, s := range r.Sums() {
		if s.Gone && s.FromHistory+s.FromBackup == 0 {
			lines = append(lines, fmt.Sprintf("文件里没有“%s”的表了,里面的没能找回", s.Title))
		}
		if s.Unread > 0 && s.FromHistory+s.FromBackup+s.Part+s.Lost == 0 {
			lines = append(lines, fmt.Sprintf("“%s”的表里有 %d 行读不懂,不知道是哪几条", s.Title, s.Unread))
		}
		if !s.record && s.Pages > 0 && s.Lost+s.Part == 0 {
			lines = append(lines, fmt.Sprintf("“%s”的表坏了 %d 页,上面记的是哪几条说不清", s.Title, s.Pages))
		}
	}
	return append(lines, r.Notes...)
}

// Line says of an item in one line what became of it.
func (it Item) Line() string {
	text := it.Kind
	if it.Name != "" {
		text += "“" + it.Name + "”"
	}
	text += " " + it.What
	return text + ":" + it.Outcome()
}

// Outcome says where an item was taken from, or that it is lost and who still holds it.
func (it Item) Outcome() string {
	switch {
	case it.Doubtful:
		return "请核对"
	case it.From != "":
		return "已取自" + it.From
	case it.Held != "":
		return "没能找回," + it.Held + " 的备份里还有"
	}
	return "没能找回"
}

// JSON gives the report for a program: sums by table and what could not be read, record by
// record.
func (r *Report) JSON() map[string]any {
	items := make([]map[string]any, 0, len(r.Items))
	for _, it := range r.Items {
		items = append(items, map[string]any{"table": it.Table, "title": it.Kind, "id": it.ID, "name": it.Name, "what": it.What, "from": it.From, "held": it.Held, "doubtful": it.Doubtful})
	}
	sums := map[string]any{}
	for _, s := range r.Sums() {
		sums[s.Name] = map[string]any{"title": s.Title, "read": s.Read, "mended": s.Mended, "history": s.FromHistory, "backup": s.FromBackup,
			"index": s.FromIndex, "part": s.Part, "lost": s.Lost, "doubtful": s.Doubtful, "pages": s.Pages}
	}
	return map[string]any{"ledger": r.New, "damaged": r.Damaged, "items": items, "tables": sums, "notes": append([]string{}, r.Notes...)}
}

// weight orders items: what is lost of the records themselves first, what is lost of their
// past last.
func (it Item) weight() int {
	switch {
	case it.past, it.Table == "history":
		return 2
	case it.From == "" && !it.Doubtful:
		return 0
	}
	return 1
}

// nameItems gives the items their records' names, counts what was read, and hides numbers.
func (j *job) nameItems(ctx context.Context) error {
	ids := map[string][]string{}
	for _, it := range j.report.Items {
		if it.Name == "" && it.ID != "" && j.o.Store.Book.Kinds.Kind(it.Table) != nil {
			ids[it.Table] = append(ids[it.Table], it.ID)
		}
	}
	for kind, list := range ids {
		labels, err := j.t.Ledger().Inside(raw.Pass{}).LabelsAt(ctx, j.t, kind, list)
		if err != nil {
			return err
		}
		for i, it := range j.report.Items {
			if it.Table == kind && it.Name == "" {
				j.report.Items[i].Name = labels[it.ID]
			}
		}
	}
	for i, it := range j.report.Items {
		j.report.Items[i].Name = hide(model.Clean(it.Name, false))
	}
	model.Sort(j.report.Items, func(a, b Item) int { return cmp.Compare(a.weight(), b.weight()) })
	for _, s := range j.report.sums {
		n, err := raw.NumberOnce(ctx, j.t, "SELECT count(*) FROM "+raw.Quote(s.Name))
		if err != nil {
			return err
		}
		s.Read = int(n) - s.FromHistory - s.FromBackup - s.FromIndex
	}
	return nil
}

// hide leaves of a number that belongs to a person the first and last digits.
func hide(text string) string {
	runes := []rune(text)
	from := -1
	for i := 0; i <= len(runes); i++ {
		digit := i < len(runes) && (runes[i] >= '0' && runes[i] <= '9' || (runes[i] == 'X' || runes[i] == 'x') && from >= 0)
		switch {
		case digit && from < 0:
			from = i
		case !digit && from >= 0:
			if i-from >= 11 {
				for n := from + 3; n < i-2; n++ {
					runes[n] = '*'
				}
			}
			from = -1
		}
	}
	return string(runes)
}

// Write writes the report to a file: .csv the records one by one, .xlsx with the sums before
// them. *model.Error: E-EXISTS, E-PERM, E-FULL.
func (r *Report) Write(ctx context.Context, path string) error {
	items := sheet.Grid{Title: "修复报告:逐条", Subtitle: r.At, Name: "逐条",
		Columns: []string{"记录", "名称", "编号", "读不出的", "结果", "还有它的备份"}, Fixed: 2}
	for _, it := range r.Items {
		items.Rows = append(items.Rows, []any{it.Kind, it.Name, it.ID, it.What, it.Outcome(), it.Held})
	}
	for _, n := range r.Notes {
		items.Rows = append(items.Rows, []any{"说明", "", "", n, "", ""})
	}
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		return sheet.WriteGridCSV(path, items)
	}
	sums := sheet.Grid{Title: "修复报告:" + r.Name, Subtitle: r.At, Name: "合计",
		Columns: []string{"表", "读出", "其中补过", "按修改经过恢复", "从备份补上", "按索引恢复", "只剩一部分", "没能找回", "要核对", "坏页"}, Fixed: 1}
	line := func(title string, s Sum) {
		sums.Rows = append(sums.Rows, []any{title, int64(s.Read), int64(s.Mended), int64(s.FromHistory), int64(s.FromBackup), int64(s.FromIndex), int64(s.Part), int64(s.Lost), int64(s.Doubtful), int64(s.Pages)})
	}
	for _, s := range r.Sums() {
		if s.Read > 0 || s.touched() {
			line(s.Title, s)
		}
	}
	line("合计", r.Total())
	return sheet.WriteGridXLSX(ctx, path, sums, items)
}
