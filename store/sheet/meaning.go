package sheet

import (
	"slices"
	"strings"

	"taizhang/model"
)

// placeholders are written where nothing is known or nothing is to be written.
var placeholders = []string{
	"不详", "不明", "不清", "不清楚", "不知道", "未知", "无", "没有", "暂无", "无数据", "未填", "未填写", "未提供", "待补", "待补充", "待填", "待查",
	"待核", "待核实", "待定", "空", "空白", "n/a", "na", "#n/a", "nil", "null", "none", "x", "×", "/", "//", "///", "\\", "|", "-", "--", "---", "-/-", "—", "——", "———",
	"–", "――", "―", "~", "_", "__", "*", "**", "***", ".", "。", "…", "……", "...", "?", "??", "???", "、", "〇", "无/", "/无",
}

// dittos stand for what is written above.
var dittos = []string{"同上", "同左", "〃", "″", "\"", "''", "“", "”"}

// asMeant gives a cell as it is meant: nothing where a placeholder stands, the cell above
// where it says 同上. Both are said once a column.
func (r *reader) asMeant(d *draft, i int, c Column) cell {
	cell := d.source.at(i)
	if cell.empty() || cell.isNum || cell.isDate {
		return cell
	}
	text := strings.ToLower(squeezed(cell.text))
	stands := slices.Contains(placeholders, text)
	switch {
	case !stands && text != "同上" && !slices.Contains(dittos, text), r.means(c.Field, cell):
		return cell
	case stands:
		r.said.add("“"+heading(r.kind, c.Field)+"”一列写着“"+cell.text+"”的,按没有填处理", d.place(i))
		return emptied(cell)
	case text == "同上", slices.Contains(dittos, text) && text != "同左":
		return r.above(d, i, c, cell)
	}
	return cell
}

func emptied(c cell) cell { return cell{formula: c.formula} }

// means reports whether a placeholder is a value of the field: 无 is one of the choices,
// or says no.
func (r *reader) means(f *model.Field, c cell) bool {
	switch f.Type {
	case model.TypeChoice, model.TypeChoices, model.TypeBool:
		_, _, err := f.Type.FromCell(f, model.Cell{Text: c.text})
		return err == nil
	}
	return false
}

// above takes the value of the row above, once that has been read. A name or a number
// that is a person's own is never the same.
func (r *reader) above(d *draft, i int, c Column, own cell) cell {
	if r.isLabel(c.Field) || c.Field.Type == model.TypeIDNumber {
		return own
	}
	rows := d.list.rows
	at, ok := slices.BinarySearchFunc(rows, d.source.number, func(g gridRow, n int) int { return g.number - n })
	if !ok || at == 0 {
		return own
	}
	value := rows[at-1].at(i)
	if value.empty() {
		return own
	}
	// The row below may say 同上 again.
	rows[at].cells = slices.Clone(rows[at].cells)
	rows[at].set(i, value)
	r.said.add("“"+heading(r.kind, c.Field)+"”一列写着“"+own.text+"”的,取了上一行的内容,请核对", d.place(i))
	return value
}

var (
	phoneDigits = model.NewPattern(`[+\d][\d\s+\-—–]{5,}\d`)
	remarkWords = model.NewPattern(`[^\s\d()（）\[\]【】〔〕、,,;;/:。.+\-—–]+`)
)

// withoutRemark takes from a phone what stands beside the number: (妻), 儿子, 微信同号. A
// number with a word in it could not be called.
func (r *reader) withoutRemark(d *draft, i int, f *model.Field, text string) string {
	if strings.Trim(text, "0123456789") == "" {
		return text
	}
	words := remarkWords.FindAllString(text, -1)
	numbers := phoneDigits.FindAllString(model.HalfWidth(text), -1)
	if len(words) == 0 || len(numbers) == 0 || slices.ContainsFunc(words, isExtension) {
		return text
	}
	remark := strings.Join(words, "、")
	if len(numbers) > 1 {
		remark = phoneDigits.ReplaceAllStringFunc(model.HalfWidth(text), func(n string) string {
			digits := strings.TrimSpace(n)
			return "尾号" + digits[max(0, len(digits)-4):]
		})
	}
	d.remark = append(d.remark, f.Label+":"+remark)
	d.warn("%s 格%s后面的“%s”记在备注里", d.place(i), f.Label, remark)
	for n := range numbers {
		numbers[n] = strings.TrimSpace(numbers[n])
	}
	return strings.Join(numbers, "、")
}

// isExtension is for 转8001, which is part of the number.
func isExtension(word string) bool {
	return strings.Contains(word, "转") || strings.Contains(word, "分机")
}

// keepRemarks writes into the note what stood beside phones, where the kind has a note.
func (r *reader) keepRemarks(d *draft) {
	if len(d.remark) == 0 {
		return
	}
	for _, f := range r.kind.Fields() {
		if f.Name != "note" || f.Type != model.TypeNote {
			continue
		}
		parts := d.remark
		if own := d.row.Record.Str(f.Name); own != "" {
			parts = append([]string{own}, parts...)
		}
		d.row.Record.Set(f.Name, strings.Join(parts, "\n"))
		return
	}
}
