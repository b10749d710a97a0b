package sheet

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"taizhang/model"
)

// draft is a row on its way to a record.
type draft struct {
	row    *Row
	list   *list
	source gridRow
	given  given
	months map[string]model.Date // date fields of which only the month is known: its first day
	faults []string
	rough  map[string]string // of those that stand on its first day: what to say of it
	remark []string          // what stood beside a phone and goes to the note
	self   []selfRef         // refs to records of the same kind, resolved when all rows are read
	needs  []*draft          // rows of the same file that it refers to
	again  *draft            // the row of another sheet that has the same person
	match  *model.Record     // the record on file that it is the same as
	back   []*model.Record   // by which that one comes back
	state  int               // of judging: see judge.go
}

// given tells of each field that a row gives from which column its value was taken. There
// are a few, for each of many rows.
type given []givenCell

type givenCell struct {
	field  string
	column int
}

func (g given) column(field string) (column int, ok bool) {
	for _, c := range g {
		if c.field == field {
			return c.column, true
		}
	}
	return 0, false
}

func (g given) has(field string) bool {
	_, ok := g.column(field)
	return ok
}

func (g *given) set(field string, column int) {
	for i := range *g {
		if (*g)[i].field == field {
			(*g)[i].column = column
			return
		}
	}
	*g = append(*g, givenCell{field, column})
}

func (d *draft) fault(format string, args ...any) {
	d.faults = append(d.faults, model.Clean(fmt.Sprintf(format, args...), false))
}

func (d *draft) warn(format string, args ...any) {
	d.row.Warnings = append(d.row.Warnings, model.Clean(fmt.Sprintf(format, args...), false))
}

// gap notes what the row leaves open in a field.
func (d *draft) gap(f *model.Field, text string) {
	d.row.Gaps = append(d.row.Gaps, Gap{f.Label, model.Clean(text, false)})
}

// duplicate says that the row's record is on file; then nothing else matters of it.
func (d *draft) duplicate(why string) {
	d.row.Verdict, d.row.Reason, d.row.Warnings, d.row.Gaps = Duplicated, why, nil, nil
}

// place names a cell as the spreadsheet does: E8, with the sheet where several are read.
func (d *draft) place(column int) string {
	if column < len(d.list.at) && d.list.at[column] >= 0 {
		column = d.list.at[column]
	}
	return fmt.Sprintf("%s%s%d", d.row.sheetMark(), columnName(column), d.source.number)
}

// where names the row.
func (d *draft) where() string { return d.row.Where() }

// bind reads the cells of one row into the draft's record. The record's defaults
// hold for the columns that the sheet does not have.
func (r *reader) bind(ctx context.Context, d *draft) {
	rec := d.row.Record
	for i, c := range r.plan.Columns {
		if c.Field == nil || d.absent(c.Field.Name) {
			continue
		}
		cell := r.asMeant(d, i, c)
		if d.given.has(c.Field.Name) {
			r.second(d, i, c, cell)
			continue
		}
		if cell.empty() {
			continue
		}
		if cell.fault {
			r.unread(d, i, c.Field, "是错误值 "+cell.text)
			continue
		}
		v, ok := r.value(ctx, d, i, c, cell)
		if ok && v != nil {
			rec.Set(c.Field.Name, v)
			d.given.set(c.Field.Name, i)
		}
	}
	r.blanks(d)
	r.keepRemarks(d)
}

// blanks empties the defaults of fields whose column is there and whose cell is
// not filled; what is required keeps its default.
func (r *reader) blanks(d *draft) {
	for _, c := range r.plan.Columns {
		if c.Field == nil || c.Field.Required || d.absent(c.Field.Name) {
			continue
		}
		if !d.given.has(c.Field.Name) {
			d.row.Record.Set(c.Field.Name, nil)
		}
	}
}

// second is for a further column of a field that has its value already (手机 and
// 固定电话): a different value is not lost without a word.
func (r *reader) second(d *draft, i int, c Column, cell cell) {
	from, _ := d.given.column(c.Field.Name)
	first := d.source.at(from)
	if !cell.empty() && model.Fold(cell.text) != model.Fold(first.text) {
		d.warn("%s 格“%s”没有读入:%s已取自“%s”一列", d.place(i), r.shown(c.Field, cell.text), c.Field.Label,
			r.plan.Columns[from].Heading)
	}
}

// shown masks what a message would otherwise show of an ID number or a phone.
func (r *reader) shown(f *model.Field, text string) string {
	text = model.Clean(text, false)
	if m, ok := f.Type.(model.Masker); ok {
		return m.Mask(text)
	}
	return text
}

// value reads one cell; ok is false when it could not be read and has been named
// as a fault or a warning.
func (r *reader) value(ctx context.Context, d *draft, i int, c Column, cell cell) (v model.Value, ok bool) {
	f := c.Field
	if _, hidden := f.Type.(model.Masker); hidden && strings.Contains(cell.text, "*") {
		d.warn("%s 格的%s打了星号,没有读入", d.place(i), f.Label)
		return nil, false
	}
	if lostDigits(cell) && f.Type != model.TypeIDNumber {
		r.unread(d, i, f, "数字超过 15 位,后几位已被 Excel 改掉;请把这一格改成“文本”格式,重新填写")
		return nil, false
	}
	if f.Target != "" {
		return r.refer(ctx, d, i, f, cell.text)
	}
	if f.Type == model.TypeOrgCode {
		return r.orgCode(ctx, d, i, f, cell.text)
	}
	if f.Type == model.TypePhone && !cell.isNum {
		cell.text = r.withoutRemark(d, i, f, cell.text)
	}
	taken, err := asCell(f, scaled(cell, c.scale), d.list.date1904)
	if err != nil {
		r.unread(d, i, f, err.Error())
		return nil, false
	}
	if f.Type == model.TypeDate && taken.Date == nil {
		if m, err := model.ParseMonth(taken.Text); err == nil && m != "" {
			if _, err := model.ParseDate(taken.Text); err != nil {
				if d.months == nil {
					d.months = map[string]model.Date{}
				}
				d.months[f.Name] = m.First()
				d.given.set(f.Name, i)
				d.row.Record.Set(f.Name, nil) // today by default
				return nil, false
			}
		}
	}
	v, warning, err := f.Type.FromCell(f, taken)
	if err != nil {
		r.unread(d, i, f, plain(err))
		return nil, false
	}
	if warning != "" {
		d.warn("%s", warning)
	}
	return v, true
}

// plain takes out of a message what speaks of the form's keys.
func plain(err error) string {
	return strings.Replace(err.Error(), "(按 ↓ 打开列表)", "", 1)
}

var (
	clockTail = model.NewPattern(`^(.*\d[日号]?)[T\s]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$`)
	countWord = model.NewPattern(`^(-?[\d,]+(?:\.0+)?)\s*\p{Han}{1,2}$`)
	exponent  = model.NewPattern(`^\d(\.\d+)?[Ee]\+\d{2,}$`)
	serialDay = model.NewPattern(`^[1-9]\d{4}$`)
	wholeTail = model.NewPattern(`\.0+$`)
	tenth     = model.NewPattern(`^(19|20)\d{2}\.1$`)
)

// asCell brings a cell to what the field's type expects of sheets.
func asCell(f *model.Field, c cell, date1904 bool) (model.Cell, error) {
	out := model.Cell{Text: c.text}
	if c.isDate {
		return dateCell(f, c), nil
	}
	if c.isNum {
		n := c.number
		out.Number = &n
	}
	switch f.Type {
	case model.TypeDate, model.TypeMonth:
		return looseDate(f, c, date1904)
	case model.TypeInt, model.TypeYear:
		text := model.HalfWidth(c.text)
		if p := countWord.FindStringSubmatch(text); p != nil {
			text = p[1]
		}
		text = wholeTail.ReplaceAllString(strings.TrimSuffix(text, "%"), "")
		if c.percent {
			text = plainNumber(math.Round(c.number * 100))
		}
		out.Text = text
	case model.TypeIDNumber, model.TypePhone:
		out.Text = strings.TrimLeft(c.text, "'`‘")
	case model.TypeText:
		out.Text = narrow(c.text)
	}
	return out, nil
}

// lostDigits reports whether a number is so long that Excel has not kept its end.
func lostDigits(c cell) bool {
	return c.isNum && math.Abs(c.number) >= damaged || strings.Contains(c.text, "+") && exponent.MatchString(c.text)
}

// scaled multiplies a number of a column in 万元.
func scaled(c cell, by int64) cell {
	if by <= 1 {
		return c
	}
	if !c.isNum {
		text := strings.NewReplacer(",", "", " ", "", "万元", "", "元", "").Replace(model.HalfWidth(c.text))
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return c // the type says what is wrong with it
		}
		c.number, c.isNum = n, true
	}
	c.number *= float64(by)
	c.text = plainNumber(c.number)
	return c
}

// dateCell is for a cell that the sheet shows as a date. One shown as a month
// alone is a month: Excel makes the first day of 1965年3月.
func dateCell(f *model.Field, c cell) model.Cell {
	isMonth := len(c.text) == len(monthLayout) && c.date().Day() == 1
	if f.Type == model.TypeDate && isMonth {
		return model.Cell{Text: c.text}
	}
	if f.Type == model.TypeDate || f.Type == model.TypeMonth {
		day := c.date()
		return model.Cell{Text: c.text, Date: &day}
	}
	return model.Cell{Text: c.text}
}

// looseDate takes date numbers that have lost their format, and texts with a time
// of day behind the date.
func looseDate(f *model.Field, c cell, date1904 bool) (model.Cell, error) {
	text := model.HalfWidth(c.text)
	if p := clockTail.FindStringSubmatch(text); p != nil {
		text = p[1]
	}
	text = strings.Replace(text, "号", "日", 1)
	if c.isNum && tenth.MatchString(c.text) && c.places != 2 {
		return model.Cell{}, model.Errorf("E-TYPE", "%s“%s”看不出是 1 月还是 10 月(Excel 去掉了末尾的 0),请写成 %s-01 或 %s-10", f.Label, c.text, c.text[:4], c.text[:4])
	}
	if c.isNum && tenth.MatchString(c.text) {
		text += "0"
	}
	if serialDay.MatchString(text) || c.isNum && c.number > 5000 && c.number < 100_000 {
		n := c.number
		if !c.isNum {
			if _, err := fmt.Sscan(text, &n); err != nil {
				return model.Cell{}, fmt.Errorf("date number: %w", err)
			}
		}
		// A year alone (1965) is no date number, nor is a month such as 1965.03.
		if d, ok := excelDate(n, date1904 && c.isNum); ok && d.Year() > 1913 {
			return model.Cell{Text: d.Format(time.DateOnly), Date: &d}, nil
		}
	}
	return model.Cell{Text: text}, nil
}

// narrow makes full-width digits and letters half-width and leaves Chinese
// punctuation as it is.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF10 && r <= 0xFF19, r >= 0xFF21 && r <= 0xFF3A, r >= 0xFF41 && r <= 0xFF5A:
			return r - 0xFEE0
		}
		return r
	}, s)
}

// complete lets the ID number and the like fill what is missing, then settles the
// dates of which the sheet has only the month.
func (r *reader) complete(d *draft) error {
	rec := d.row.Record
	if r.kind.Fill != nil {
		for f := range r.kind.All() {
			if d.given.has(f.Name) && rec.Filled(f.Name) {
				r.kind.Fill(r.env, rec, f.Name)
			}
		}
	}
	if err := r.guess(d); err != nil {
		return err
	}
	for f := range r.kind.All() {
		if len(d.months) == 0 {
			break
		}
		first, ok := d.months[f.Name]
		if !ok {
			continue
		}
		if rec.Date(f.Name).Month() != first.Month() {
			rec.Set(f.Name, first)
			if d.rough == nil {
				d.rough = map[string]string{}
			}
			d.rough[f.Name] = fmt.Sprintf("%s只有年月(%s),先按 1 日登记,请补上日", f.Label, first.Month())
		}
	}
	if r.kind.Infer == nil || len(d.faults) > 0 {
		return nil
	}
	warning, err := r.kind.Infer(r.env, rec, d.absent)
	if warning != "" {
		d.warn("%s", warning)
	}
	var coded *model.Error
	switch {
	case errors.As(err, &coded):
		d.fault("%s", coded.Message)
	case err != nil:
		return fmt.Errorf("row %d: %w", d.source.number, err)
	}
	return nil
}
