package sheet

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
)

// said gathers what is to be said once of a whole file: a list in which sixty persons
// have no phone says so in one line, not in sixty.
type said struct {
	order []string
	about map[string]*saying
}

// saying is one line about several rows; its text holds %s where they stand.
type saying struct {
	text  string
	where []string
}

func newSaid() *said { return &said{about: map[string]*saying{}} }

func (s *said) add(text, where string) {
	line := s.about[text]
	if line == nil {
		line = &saying{text: text}
		s.about[text] = line
		s.order = append(s.order, text)
	}
	if !slices.Contains(line.where[max(0, len(line.where)-1):], where) {
		line.where = append(line.where, where)
	}
}

// lines gives what there is to say, rows that are no records first.
func (s *said) lines(r *reader) []string {
	var lines []string
	for _, l := range r.lists {
		if len(l.passed) > 0 {
			prefix := ""
			if len(r.lists) > 1 {
				prefix = "“" + l.name + "”"
			}
			lines = append(lines, fmt.Sprintf("%s第 %s 行是说明、签字一类,没有当作%s读入", prefix, listRows(l.passed), r.kind.Title))
		}
	}
	for _, text := range s.order {
		line := s.about[text]
		lines = append(lines, fmt.Sprintf("%s(%s)", line.text, places(line.where)))
	}
	return lines
}

// places joins the first few places.
func places(where []string) string {
	if len(where) > 5 {
		return strings.Join(where[:4], "、") + fmt.Sprintf(" 等 %d 处", len(where))
	}
	return strings.Join(where, "、")
}

// look says what a row itself shows before its cells are read: that it is hidden or
// struck out, that a quote was not closed, characters that nobody knows, formulas
// without a value, and cells of a second row that had no room.
func (r *reader) look(d *draft) {
	if d.source.hidden {
		r.said.add("在表格里隐藏的行也读入了,请核对要不要收", d.where())
	}
	if q := d.source.quote; q > 0 {
		d.warn("%s 格有一个不成对的引号,已当作普通文字,请核对这一行各格有没有错位", d.place(q-1))
	}
	if len(d.source.lost) > 0 {
		d.warn("姓名合并的下面几行算作同一条,%s 格的内容没有读入,请核对", strings.Join(d.source.lost, "、"))
	}
	struck := 0
	for i, c := range d.source.cells {
		if i >= len(r.plan.Columns) || r.plan.Columns[i].Field == nil {
			continue
		}
		column := r.plan.Columns[i]
		if c.struck {
			struck++
			r.said.strike(d, i, r.isLabel(column.Field))
		}
		if c.unknown {
			d.warn("%s 格(%s)里有认不出的字,先用 %s 代替,请照原件改正", d.place(i), column.Field.Label, missingGlyph)
		}
		if c.formula {
			r.said.add(fmt.Sprintf("“%s”一列有公式没有存下结果,按空着处理;请用 Excel 打开这份表、保存一次再读入", heading(r.kind, column.Field)), d.place(i))
			if r.isLabel(column.Field) {
				d.fault("%s 格是公式,表里没有存下它的结果;请用 Excel 打开这份表、保存一次再读入", d.place(i))
			}
		}
	}
}

func (r *reader) isLabel(f *model.Field) bool { return slices.Contains(r.kind.Label, f.Name) }

// strike says that a name is struck out, which as a rule means that the person is no
// longer of the list, or that another cell is.
func (s *said) strike(d *draft, column int, label bool) {
	if label {
		s.add("画了删除线的行也读入了,不该收的请在表里删去再读", d.where())
		return
	}
	s.add("有的格画了删除线,内容也读入了,请核对", d.place(column))
}
