package fill_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/sheet"
)

// form is a line of forms.tsv.
type form struct {
	file, kind, choose, sheet, total string
	first, rows                      int
	columns, cells                   []ask
	blank                            []string
}

// ask is what one column or cell asks for.
type ask struct{ at, heading, field, as string }

func readForms(t *testing.T) []form {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "forms", "forms.tsv"))
	must(t, err)
	var all []form
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		c := strings.Split(line, "\t")
		f := form{file: c[0], kind: c[2], choose: c[3], sheet: c[4], total: c[8], columns: asks(c[9]), cells: asks(c[10])}
		f.first, f.rows = number(c[6]), number(c[7])
		for _, b := range strings.Split(c[11], ";") {
			if place, what, ok := strings.Cut(strings.TrimSpace(b), " "); ok && place != "" {
				f.blank = append(f.blank, what)
			}
		}
		all = append(all, f)
	}
	return all
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

var askShape = regexp.MustCompile(`^(\w+) (.*?)=(.*?)(?: as (.*))?$`)

func asks(text string) []ask {
	var all []ask
	for part := range strings.SplitSeq(text, ";") {
		if m := askShape.FindStringSubmatch(strings.TrimSpace(part)); m != nil {
			all = append(all, ask{m[1], m[2], m[3], m[4]})
		}
	}
	return all
}

// records chooses as a form's line says.
func (f form) records(t *testing.T, l *store.Ledger) []*model.Record {
	t.Helper()
	view := "全部"
	if f.kind == "person" && !strings.Contains(f.choose, "--view") {
		view = "在册党员"
	}
	var conds []model.Cond
	args := strings.Fields(f.choose)
	for i := 0; i+1 < len(args); i += 2 {
		switch args[i] {
		case "--view":
			view = args[i+1]
		case "--month":
			conds = append(conds, model.Where("month", model.Eq, args[i+1]))
		case "--where":
			name, v, _ := strings.Cut(args[i+1], "=")
			conds = append(conds, model.Where(name, model.Eq, v))
		}
	}
	return chosen(t, l, f.kind, view, conds...)
}

// TestForms fills each blank of forms.tsv from the made-up village and compares it cell
// by cell with what the ledger says, reckoned here from the expressions of that file.
func TestForms(t *testing.T) {
	l := village(t)
	for _, f := range readForms(t) {
		t.Run(f.file, func(t *testing.T) {
			path := filepath.Join("testdata", "forms", f.file)
			records := f.records(t, l)
			if len(records) == 0 {
				t.Fatal("the made-up village has no records for it")
			}
			p := plan(t, path, "")
			if p.Kind.Name != f.kind {
				t.Fatalf("taken for a form of %s", p.Kind.Title)
			}
			out, result := fillForm(t, l, p, records)
			c := &formCheck{t: t, l: l, f: f, book: open(t, out), seen: map[string]bool{}}
			c.run(records)
			g := grown{sheet: f.sheet, n: max(0, c.lines(records)-f.rows*c.blocks())}
			if f.rows > 0 {
				g.at, g.like = f.first+f.rows-1, f.first+f.rows-2
			}
			if result.Added != g.n {
				t.Errorf("says that %d rows were added, not %d", result.Added, g.n)
			}
			unchanged(t, path, out, g, func(sheet, cell string) bool { return sheet == f.sheet && c.seen[cell] })
			c.totals(g)
			c.named(result.Unbound)
		})
	}
}

// formCheck is one filled form being compared.
type formCheck struct {
	t    *testing.T
	l    *store.Ledger
	f    form
	book *excelize.File
	seen map[string]bool // cells that have been filled
}

// blocks is how often the list stands beside itself.
func (c *formCheck) blocks() int {
	n := 0
	for _, a := range c.f.columns {
		if a.field == "#" {
			n++
		}
	}
	return max(n, 1)
}

func (c *formCheck) lines(records []*model.Record) int {
	if len(c.f.cells) > 0 && len(c.f.columns) > 0 {
		return len(records[0].Roll("attendance"))
	}
	if len(c.f.columns) == 0 {
		return 0
	}
	return len(records)
}

func (c *formCheck) run(records []*model.Record) {
	for _, a := range c.f.cells {
		c.cell(a.at, a, records[0], 0)
	}
	block := -1
	rows := max(c.f.rows, (c.lines(records)+c.blocks()-1)/c.blocks())
	for _, a := range c.f.columns {
		if a.field == "#" {
			block++
		}
		for i := range rows {
			n := max(block, 0)*rows + i
			place := a.at + strconv.Itoa(c.f.first+i)
			c.seen[place] = true
			switch {
			case n >= c.lines(records):
				if v := value(c.t, c.book, c.f.sheet, place); v != "" && a.field != "#" {
					c.t.Errorf("%s is %q, and there are no more records", place, v)
				}
			case len(c.f.cells) > 0:
				c.cell(place, a, records[0], n)
			default:
				c.cell(place, a, records[n], n)
			}
		}
	}
}

// totals: the formulas of the total row cover all records, and what they give is right
// where it is stored.
func (c *formCheck) totals(g grown) {
	c.t.Helper()
	row, cols, ok := strings.Cut(c.f.total, ":")
	if !ok {
		return
	}
	at := number(row) + g.n
	last := c.f.first + c.f.rows - 1 + g.n
	for col := range strings.FieldsSeq(cols) {
		place := col + strconv.Itoa(at)
		formula, err := c.book.GetCellFormula(c.f.sheet, place)
		must(c.t, err)
		m := regexp.MustCompile(`([A-Z])(\d+):([A-Z])(\d+)`).FindStringSubmatch(formula)
		if m == nil || number(m[2]) != c.f.first || number(m[4]) != last {
			c.t.Errorf("%s is %s, the records stand in %d to %d", place, formula, c.f.first, last)
			continue
		}
		stored, err := c.book.GetCellValue(c.f.sheet, place, excelize.Options{RawCellValue: true})
		must(c.t, err)
		if stored == "" || strings.Contains(formula, "&") {
			continue
		}
		sum := 0.0
		for r := c.f.first; r <= last; r++ {
			v, err := c.book.GetCellValue(c.f.sheet, m[1]+strconv.Itoa(r), excelize.Options{RawCellValue: true})
			must(c.t, err)
			if n, err := strconv.ParseFloat(v, 64); err == nil && strings.HasPrefix(formula, "SUM") {
				sum += n
			} else if v != "" && strings.HasPrefix(formula, "COUNTA") {
				sum++
			}
		}
		if v, err := strconv.ParseFloat(stored, 64); err != nil || v-sum > 1e-6 || sum-v > 1e-6 {
			c.t.Errorf("%s stores %s, the column gives %v", place, stored, sum)
		}
	}
}

// named: what the ledger doesn't keep is named, and nothing else.
func (c *formCheck) named(unbound []string) {
	c.t.Helper()
	want := map[string]bool{}
	for _, b := range c.f.blank {
		if !strings.HasPrefix(b, "~") {
			want[sheet.HeadingKey(b)] = true
		}
	}
	for _, u := range unbound {
		parts := strings.Split(u, "/")
		if leaf := sheet.HeadingKey(parts[len(parts)-1]); !want[leaf] && !want[sheet.HeadingKey(u)] && leaf != "备注" {
			c.t.Errorf("%s is named as blank", u)
		} else {
			delete(want, leaf)
			delete(want, sheet.HeadingKey(u))
		}
	}
	for w := range want {
		c.t.Errorf("%s stays blank and is not named", w)
	}
}
