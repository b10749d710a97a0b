package paper

import (
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/paper/page"
	"taizhang/store/sheet"
)

// guestRows are the empty rows below the names: who comes beside those asked.
const guestRows = 3

// signIn is the sheet on which those who come sign, two persons a row.
func (m *meeting) signIn() page.Sheet {
	heads := func() []page.Column {
		return []page.Column{page.Serial(), page.Head("姓名", 8), page.Head("签名", 14), {Heading: []string{"备注"}, Min: 9, Max: 9}}
	}
	t := &page.Table{Tall: 25, Columns: append(heads(), heads()...)}
	for i := 0; i < len(m.due); i += 2 {
		var row []any
		for j, a := range m.due[i:min(i+2, len(m.due))] {
			state := a.state
			if state == "到会" {
				state = ""
			}
			row = append(row, int64(i+j+1), a.name, nil, state)
		}
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, []any{page.Span("列席人员")})
	for range guestRows {
		t.Rows = append(t.Rows, []any{nil})
	}
	title := m.title() + "签到表"
	if m.text("kind") == "" {
		title = "签到表"
	}
	due, _ := m.count("due").(string)
	present, _ := m.count("present").(string)
	about := &page.Form{Rows: []page.FormRow{
		{Items: []page.Item{page.Label("主题", 1.2), page.Blank(m.text("title"), 8.8)}},
		{Items: []page.Item{page.Label("时间", 1.2), page.Blank(m.when(), 4.6), page.Label("地点", 1), page.Blank(m.text("place"), 3.2)}},
		{Items: []page.Item{page.Label("主持人", 1.2), page.Blank(m.text("host"), 2.1), page.Label("应到", 1.2), page.Blank(due, 2.1), page.Label("实到", 1.2), page.Blank(present, 2.2)}},
	}}
	return page.Sheet{Name: "签到表", Title: title, Left: "党组织:" + m.holder(), Right: m.day(), Blocks: []page.Block{about, t}}
}

// byName puts persons in the order of tables.
func byName(people []*model.Record) []*model.Record {
	slices.SortStableFunc(people, func(a, b *model.Record) int {
		return strings.Compare(model.SortKey(a.Str("name")), model.SortKey(b.Str("name")))
	})
	return people
}

func nonEmpty(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}

// textCells is how many half-width cells stand in a line of page.Long on an upright page,
// textLines how many lines one row holds: a spreadsheet's row is no higher than 409
// points, and none is broken over two pages.
const textCells, textLines = 82, 22

// longText is page.Long for a text of any length: one too long for a row goes on in rows
// below it, beside a label that says so.
func longText(label, text string, tall float64) []page.FormRow {
	parts := piecesOf(text)
	if len(parts) < 2 {
		return []page.FormRow{page.Long(label, text, tall)}
	}
	rows := make([]page.FormRow, len(parts))
	for i, part := range parts {
		if i == 1 {
			first, _, _ := strings.Cut(label, "\n")
			label = first + "\n(续)"
		}
		rows[i] = page.Long(label, part, 24)
		rows[i].Items[1].Top = true
	}
	return rows
}

// piecesOf breaks a text, between paragraphs where it can, into pieces of textLines.
func piecesOf(text string) []string {
	var pieces []string
	piece, used := "", 0
	for _, line := range linesOfText(text) {
		if n := max(1, (sheet.CellsOf(line)+textCells-1)/textCells); used > 0 && used+n > textLines {
			pieces = append(pieces, piece)
			piece, used = line, n
		} else {
			if used > 0 {
				piece += "\n"
			}
			piece, used = piece+line, used+n
		}
	}
	return append(pieces, piece)
}

// linesOfText gives the paragraphs of a text, one that is longer than a piece in parts
// that end with a sentence where one ends near enough.
func linesOfText(text string) []string {
	const most = textCells / 2 * textLines
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		r := []rune(line)
		for len(r) > most {
			at := most
			for i := most; i > most*2/3; i-- {
				if strings.ContainsRune("。;!?", r[i-1]) {
					at = i
					break
				}
			}
			all = append(all, string(r[:at]))
			r = r[at:]
		}
		all = append(all, string(r))
	}
	return all
}

// listText is how many characters of a long text stand in a list: what the record's own
// paper has whole.
const listText = 240

// brief is a long text in a list, cut where it would make a row higher than a page takes.
func brief(text string) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) <= listText {
		return text
	}
	return string(r[:listText]) + "……(全文见记录)"
}
