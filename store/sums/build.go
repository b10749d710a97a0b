package sums

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/count"
)

// builder makes the tables of a closed month.
type builder struct {
	frozen *count.Frozen
	level  string // of the office whose numbers these are
	detail string
	names  []string        // of persons
	hidden map[string]bool // parts that are not told

	rows map[string][][]string // by the table's name
	seen map[string]string     // what became of a part
}

func (b *builder) build() {
	b.rows, b.seen = map[string][][]string{}, map[string]string{}
	for _, i := range b.frozen.Indicators {
		for _, f := range i.Figures {
			name, of := i.Code+"."+f.Key, ""
			if f.Of != "" {
				of = i.Code + "." + f.Of
			}
			b.put(bundle.SumFigures, name, i.Title, f.Title, f.Unit, cmp.Or(b.frozen.Upward.Counts[name], "rows"), of, strconv.Itoa(f.Goal))
		}
	}
	for by, columns := range b.frozen.Splits {
		for n, c := range columns {
			if by == count.ByOrganisation && b.detail != bundle.DetailUnit || by != "" && n == 0 || by == count.ByCity {
				continue // the first of a split is all again
			}
			b.group(by, &c)
		}
	}
	for _, t := range b.frozen.Upward.Transfers {
		b.put(bundle.SumTallies, bundle.AllGroup, "A11."+t.Figure, t.County, strconv.FormatInt(t.N, 10), "0")
	}
	if b.detail == bundle.DetailUnit {
		for _, u := range b.frozen.Upward.Units {
			if u.Code == "" {
				continue
			}
			row := []string{u.Code, u.Name, u.Township, u.Domain, u.Kind, map[bool]string{true: "是", false: "否"}[u.Reported]}
			if b.level != bundle.LevelCounty {
				row = append(row, u.County)
			}
			b.put(bundle.SumUnits, row...)
		}
	}
}

func (b *builder) put(table string, row ...string) { b.rows[table] = append(b.rows[table], row) }

// group writes one column of the summary.
func (b *builder) group(by string, c *count.Column) {
	name, kind, title := bundle.AllGroup, bundle.AllGroup, "合计"
	if by != "" {
		kind, title = map[string]string{count.ByOrganisation: bundle.DetailUnit}[by], c.Title
		kind = cmp.Or(kind, by)
		name = kind + "/" + c.Key
	}
	lacks := make([]string, 0, len(c.Lacks))
	for _, figure := range slices.Sorted(maps.Keys(c.Lacks)) {
		lacks = append(lacks, fmt.Sprintf("%s=%d", figure, c.Lacks[figure]))
	}
	state := ""
	switch {
	case c.Absent:
		state = bundle.SumAbsent
	case c.Later:
		state = bundle.SumLater
	}
	b.put(bundle.SumGroups, name, kind, title, strconv.Itoa(c.Units), strings.Join(lacks, ";"), state)
	b.numbers(bundle.SumTallies, name, c.Values)
	b.numbers(bundle.SumApart, name, c.Apart)
}

// numbers writes the numbers of a group; a part that is not told joins the others that
// aren't.
func (b *builder) numbers(table, group string, values map[string]map[string]map[string]int64) {
	for code, figures := range values {
		for key, parts := range figures {
			figure := code + "." + key
			told := map[string]int64{}
			for part, n := range parts {
				told[b.told(part)] += n
			}
			for part, n := range told {
				rows, sum := n, int64(0)
				if b.frozen.Upward.Counts[figure] == count.CountsSum {
					rows, sum = 0, n
				}
				b.put(table, group, figure, part, strconv.FormatInt(rows, 10), strconv.FormatInt(sum, 10))
			}
		}
	}
}

// told gives the text under which a part goes up: many are written freely, and may hold
// somebody's name.
func (b *builder) told(part string) string {
	if part == "" {
		return bundle.WholePart
	}
	if text, ok := b.seen[part]; ok {
		return text
	}
	text := part
	if slices.ContainsFunc(b.names, func(name string) bool { return strings.Contains(part, name) }) {
		b.hidden[part], text = true, hiddenPart
	}
	b.seen[part] = text
	return text
}

// tables gives all that was written, each table in the order of its key.
func (b *builder) tables() []Table {
	var all []Table
	for _, r := range bundle.SumResources(b.level, b.detail) {
		rows := b.rows[r.Name]
		key := len(r.Schema.PrimaryKey) // the first columns
		model.Sort(rows, func(x, y []string) int {
			return cmp.Compare(strings.Join(x[:key], "\x00")+"\x00", strings.Join(y[:key], "\x00")+"\x00")
		})
		all = append(all, Table{r, rows})
	}
	return all
}
