package fill

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"taizhang/model"
)

// This file puts right in the written file what the library doesn't move along when rows
// are made: notes on cells, page breaks, checks and formats of newer Excels, and what
// holds for each row by itself.

// mend changes the parts that belong to sheets that grew, and puts those back that nobody
// meant to change: the library writes all that it has read in its own way.
func (b *workbook) mend(data []byte) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	form, err := zip.NewReader(bytes.NewReader(b.data), int64(len(b.data)))
	if err != nil {
		return nil, err
	}
	change := map[string]func([]byte) []byte{}
	for name, all := range b.grown {
		part := b.raw[name].part
		change[part] = func(text []byte) []byte { return mendSheet(text, all) }
		rels, err := relationsOf(z, part)
		if err != nil {
			return nil, err
		}
		for _, r := range rels {
			switch kind := r.Type[strings.LastIndexByte(r.Type, '/')+1:]; kind {
			case "comments", "threadedComment":
				change[r.Target] = func(text []byte) []byte { return mendRefs(text, all) }
			case "vmlDrawing":
				change[r.Target] = func(text []byte) []byte { return mendVML(text, all) }
			case "table":
				change[r.Target] = func(text []byte) []byte { return mendTable(text, all) }
			}
		}
	}
	asItWas := map[string]*zip.File{}
	for _, f := range form.File {
		if name := strings.TrimPrefix(f.Name, "/"); change[name] == nil && !b.meant(name) {
			asItWas[name] = f
		}
	}
	return rewrite(z, change, asItWas)
}

// meant tells of a part that filling may change.
func (b *workbook) meant(part string) bool {
	switch part {
	case "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/calcChain.xml":
		return true
	case "xl/styles.xml":
		return b.styled
	}
	if len(b.grown) > 0 && (strings.HasPrefix(part, "xl/worksheets/") || strings.HasPrefix(part, "xl/drawings/") || strings.HasPrefix(part, "xl/tables/")) {
		return true // formulas, pictures and tables move along
	}
	for name := range b.changed {
		if b.raw[name] != nil && b.raw[name].part == part {
			return true
		}
	}
	return false
}

// rewrite copies a file with some of its parts changed, and others as they were.
func rewrite(z *zip.Reader, change map[string]func([]byte) []byte, asItWas map[string]*zip.File) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		name := strings.TrimPrefix(f.Name, "/")
		fn := change[name]
		if fn == nil {
			if was := asItWas[name]; was != nil {
				f = was
			}
			if err := w.Copy(f); err != nil {
				return nil, err
			}
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		if err := r.Close(); err != nil {
			return nil, err
		}
		part, err := w.Create(f.Name)
		if err != nil {
			return nil, err
		}
		if _, err := part.Write(fn(text)); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// move gives where a row (counted from 0) stands after the growth.
func (g growth) move(row int) int {
	if row >= g.at {
		return row + g.n
	}
	return row
}

var (
	checkRefs  = model.NewPattern(`(<(?:dataValidation|conditionalFormatting)\b[^>]*?\bsqref=")([^"]+)(")`)
	laterRefs  = model.NewPattern(`(<(?:protectedRange|ignoredError|cellWatch)\b[^>]*?\b(?:sqref|r)=")([^"]+)(")`)
	extRefs    = model.NewPattern(`(<xm:sqref>)([^<]+)(</xm:sqref>)`)
	rowBreaks  = model.NewPattern(`(?s)<rowBreaks\b.*?</rowBreaks>`)
	breakID    = model.NewPattern(`(<brk\b[^>]*?\bid=")(\d+)(")`)
	plainRefs  = model.NewPattern(`(\bref=")([A-Z]{1,3}\d+)(")`)
	vmlRow     = model.NewPattern(`(<x:Row>\s*)(\d+)(\s*</x:Row>)`)
	vmlAnchor  = model.NewPattern(`(<x:Anchor>)([^<]+)(</x:Anchor>)`)
	tableRange = model.NewPattern(`(\bref=")([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)(")`)
)

// mendSheet: the library has moved the checks and formats already, and not the rest.
func mendSheet(text []byte, all []growth) []byte {
	for _, g := range all {
		text = replaceMiddle(checkRefs, text, func(refs string) string { return g.cover(refs) })
		for _, shape := range []*model.Pattern{laterRefs, extRefs} {
			text = replaceMiddle(shape, text, func(refs string) string { return g.cover(g.shift(refs)) })
		}
		text = rowBreaks.ReplaceAllFunc(text, func(breaks []byte) []byte {
			return replaceMiddle(breakID, breaks, func(id string) string { return strconv.Itoa(g.moveBreak(atoi(id))) })
		})
	}
	return text
}

// moveBreak: a page break's number is the row, counted from 1, behind which it is.
func (g growth) moveBreak(id int) int {
	if id > g.at {
		return id + g.n
	}
	return id
}

func replaceMiddle(shape *model.Pattern, text []byte, fn func(string) string) []byte {
	return shape.ReplaceAllFunc(text, func(found []byte) []byte {
		m := shape.FindSubmatch(found)
		return []byte(string(m[1]) + fn(string(m[2])) + string(m[3]))
	})
}

// shift moves ranges along with the rows; one that holds rows on both sides grows.
func (g growth) shift(refs string) string {
	parts := strings.Fields(refs)
	for i, p := range parts {
		a, err := areaOf(p)
		if err != nil {
			continue
		}
		parts[i] = area{a.Left, a.Right}.name(g.move(a.Top), g.move(a.Bottom))
	}
	return strings.Join(parts, " ")
}

// cover lets what holds for the row after which the new ones were made hold for them too.
func (g growth) cover(refs string) string {
	from, to := g.at, g.at+g.n-1
	var more []string
	for p := range strings.FieldsSeq(refs) {
		a, err := areaOf(p)
		if err != nil || a.Top > g.like || a.Bottom < g.like || a.Bottom >= to {
			continue
		}
		more = append(more, area{a.Left, a.Right}.name(max(from, a.Bottom+1), to))
	}
	return strings.Join(append([]string{refs}, more...), " ")
}

// area is a range of columns.
type area struct{ left, right int }

func (a area) name(top, bottom int) string {
	first, last := cellName(top, a.left), cellName(bottom, a.right)
	if first == last {
		return first
	}
	return first + ":" + last
}

// mendRefs moves notes on cells.
func mendRefs(text []byte, all []growth) []byte {
	for _, g := range all {
		text = replaceMiddle(plainRefs, text, func(ref string) string {
			a, err := areaOf(ref)
			if err != nil {
				return ref
			}
			return cellName(g.move(a.Top), a.Left)
		})
	}
	return text
}

// mendVML moves the boxes of notes: their row, and the rows of their corners.
func mendVML(text []byte, all []growth) []byte {
	for _, g := range all {
		text = replaceMiddle(vmlRow, text, func(row string) string { return strconv.Itoa(g.move(atoi(row))) })
		text = replaceMiddle(vmlAnchor, text, func(anchor string) string {
			parts := strings.Split(anchor, ",")
			for _, i := range []int{2, 6} {
				if i < len(parts) {
					parts[i] = fmt.Sprintf(" %d", g.move(atoi(strings.TrimSpace(parts[i]))))
				}
			}
			return strings.Join(parts, ",")
		})
	}
	return text
}

// mendTable lets an Excel table whose last row is the one behind which rows were made
// reach over them; the library moves the others.
func mendTable(text []byte, all []growth) []byte {
	for _, g := range all {
		if g.at != g.like+1 {
			continue
		}
		text = replaceMiddle(tableRange, text, func(ref string) string {
			a, err := areaOf(ref)
			if err != nil || a.Bottom != g.like {
				return ref
			}
			return area{a.Left, a.Right}.name(a.Top, a.Bottom+g.n)
		})
	}
	return text
}
