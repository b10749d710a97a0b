package model

import (
	"fmt"
	"strings"
)

// DueLine is all that is due by one item: a line of the work table.
type DueLine struct {
	Item    *DueItem
	Kind    *Kind // that declares the item
	Text    string
	Urgency Urgency // the highest of its records
	Due     []Due
}

// DueLines gathers what is due into one line an item, in the order of all: the most
// urgent first.
func DueLines(c *Catalog, all []Due) []DueLine {
	var lines []DueLine
	at := map[string]int{}
	for _, d := range all {
		i, ok := at[d.Code]
		if !ok {
			kind, item := c.dueItem(d.Code)
			if item == nil {
				continue
			}
			i = len(lines)
			at[d.Code] = i
			lines = append(lines, DueLine{Item: item, Kind: kind, Urgency: d.Urgency})
		}
		lines[i].Due = append(lines[i].Due, d)
		lines[i].Urgency = max(lines[i].Urgency, d.Urgency)
	}
	for i := range lines {
		n := 0
		for _, d := range lines[i].Due {
			n += OneIf(d.Waits == "")
		}
		if lines[i].Text = lines[i].Item.line(n); n == 0 {
			lines[i].Text = lines[i].Due[0].Waits
		}
	}
	return lines
}

// line gives the work table's line; not every one counts.
func (d *DueItem) line(n int) string {
	if strings.Contains(d.Line, "%d") {
		return fmt.Sprintf(d.Line, n)
	}
	return d.Line
}

// DueItemOf gives the declaration of a due code, or nil.
func (c *Catalog) DueItemOf(code string) *DueItem {
	_, item := c.dueItem(code)
	return item
}

func (c *Catalog) dueItem(code string) (*Kind, *DueItem) {
	for _, k := range c.kinds {
		for i := range k.Due {
			if k.Due[i].Code == code {
				return k, &k.Due[i]
			}
		}
	}
	return nil, nil
}
