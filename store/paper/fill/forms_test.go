package fill_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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

// cell compares one cell with what the ledger says.
func (c *formCheck) cell(place string, a ask, r *model.Record, n int) {
	c.t.Helper()
	c.seen[place] = true
	want := c.says(a.field, r, n)
	have, err := c.book.GetCellValue(c.f.sheet, place)
	must(c.t, err)
	kind, err := c.book.GetCellType(c.f.sheet, place)
	must(c.t, err)
	isNumber := kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber
	switch want := want.(type) {
	case nil:
		if have != "" {
			c.t.Errorf("%s %s is %q, and the ledger says nothing", place, a.heading, have)
		}
	case float64:
		raw, err := c.book.GetCellValue(c.f.sheet, place, excelize.Options{RawCellValue: true})
		must(c.t, err)
		if v, err := strconv.ParseFloat(raw, 64); err != nil || v != want || !isNumber {
			c.t.Errorf("%s %s is %q (a number: %v), the ledger says %v", place, a.heading, raw, isNumber, want)
		}
	case model.Date:
		if !sameDate(have, want, a.as) {
			c.t.Errorf("%s %s is %q, the ledger says %s, to be written like %q", place, a.heading, have, want, a.as)
		}
	case string:
		if isNumber || !sameWords(have, want) {
			c.t.Errorf("%s %s is %q (a number: %v), the ledger says %q", place, a.heading, have, isNumber, want)
		}
	}
}

func sameWords(have, want string) bool {
	split := func(s string) []string {
		all := strings.FieldsFunc(s, func(r rune) bool { return r == '、' || r == ';' })
		slices.Sort(all)
		return all
	}
	return slices.Equal(split(have), split(want))
}

// sameDate: without a wish any usual form of the day or month will do.
func sameDate(have string, want model.Date, as string) bool {
	y, m := want.Time().Year(), int(want.Time().Month())
	switch {
	case strings.Contains(as, "年"):
		return have == strconv.Itoa(y)+"年"+strconv.Itoa(m)+"月"
	case as != "":
		sep := as[4:5]
		return have == want.Time().Format("2006"+sep+"01")
	}
	if d, err := model.ParseDate(have); err == nil && d != "" {
		return d == want
	}
	month, err := model.ParseMonth(have)
	return err == nil && month == want.Month()
}

// says gives what the ledger says for an expression of forms.tsv: string, float64,
// model.Date, nil.
func (c *formCheck) says(field string, r *model.Record, n int) any {
	c.t.Helper()
	if r == nil {
		return nil
	}
	if m := regexp.MustCompile(`^(\w+)\((.*)\)$`).FindStringSubmatch(field); m != nil {
		return c.call(m[1], m[2], r)
	}
	if ref, rest, ok := strings.Cut(field, "."); ok {
		if ref == "attendance" {
			return c.says(rest, c.get("person", r.Roll(ref)[n].Target), n)
		}
		return c.says(rest, c.get(r.Kind.MustField(ref).Target, r.Str(ref)), n)
	}
	switch field {
	case "#":
		return float64(n + 1)
	case "branch":
		return c.l.Home().Str("name")
	case "age":
		return years(r.Date("birth_date"))
	case "party_years":
		return years(r.Date("confirmed_on"))
	case "giver":
		return c.first(r, "helper", "helper_name", "helper_unit")
	case "taker":
		return c.first(r, "helped", "helped_name", "target_code")
	case "due":
		due := 0
		for _, m := range r.Roll("attendance") {
			if p := c.get("person", m.Target); !p.Filled("not_due") || m.State == "到会" {
				due++
			}
		}
		return float64(due)
	case "present":
		present := 0
		for _, m := range r.Roll("attendance") {
			if m.State == "到会" {
				present++
			}
		}
		return float64(present)
	}
	return c.stored(r.Kind.MustField(field), r)
}

// stored gives a field's value.
func (c *formCheck) stored(f *model.Field, r *model.Record) any {
	switch v := r.Get(f.Name).(type) {
	case nil:
		return nil
	case int64:
		return float64(v)
	case bool:
		if v {
			return "是"
		}
		return "否"
	case []string:
		return strings.Join(v, "、")
	case string:
		if f.Type == model.TypeDate {
			return model.Date(v)
		}
		if f.Target != "" {
			if to := c.get(f.Target, v); to != nil {
				return to.Str("name")
			}
			return nil
		}
		return v
	}
	c.t.Fatalf("%s holds %T", f.Name, r.Get(f.Name))
	return nil
}

func (c *formCheck) call(name, arg string, r *model.Record) any {
	switch name {
	case "yuan", "wan":
		v, ok := c.says(arg, r, 0).(float64)
		if !ok {
			return nil
		}
		if name == "wan" {
			return v / 100 / 10_000
		}
		return v / 100
	case "yesno":
		switch v := c.says(arg, r, 0).(type) {
		case nil:
			return "否"
		case string:
			if v == "" || v == "否" {
				return "否"
			}
		}
		return "是"
	case "post":
		page, err := c.l.Page(context.Background(), store.Query{Kind: "position", Conds: []model.Cond{model.Where("body", model.Eq, arg), model.Where("ended_on", model.Empty)}})
		must(c.t, err)
		var all []string
		for _, p := range page.Records {
			if p.Str("person") == r.ID && !slices.Contains(all, p.Str("post")) {
				all = append(all, p.Str("post"))
			}
		}
		if len(all) == 0 {
			return nil
		}
		return strings.Join(all, "、")
	}
	c.t.Fatalf("forms.tsv asks for %s()", name)
	return nil
}

func years(from model.Date) any {
	if from == "" {
		return nil
	}
	n := asOf.Time().Year() - from.Time().Year()
	if string(asOf)[5:] < string(from)[5:] {
		n--
	}
	return float64(n)
}

func (c *formCheck) first(r *model.Record, fields ...string) any {
	for _, f := range fields {
		if v := c.stored(r.Kind.MustField(f), r); v != nil {
			return v
		}
	}
	return nil
}

func (c *formCheck) get(kind, id string) *model.Record {
	if id == "" {
		return nil
	}
	r, err := c.l.Get(context.Background(), kind, id)
	must(c.t, err)
	return r
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
