package sheet

import (
	"fmt"
	"strings"

	"taizhang/model"
)

// chooseSheets gives the headers of the sheets that are read: the named one, else every
// one that holds the list (a list of members has a sheet for each 党小组). said names the
// sheets that are left out.
func chooseSheets(h *headings, grids []grid, name, file string) (lists []header, said []string, err error) {
	if name != "" || !named(grids) {
		hd, err := chooseSheet(h, grids, name, file)
		if err != nil {
			return nil, nil, err
		}
		if hd.grid.hidden {
			said = append(said, fmt.Sprintf("读入的是隐藏的工作表“%s”", hd.grid.label()))
		}
		return []header{hd}, said, nil
	}
	found := make([]header, len(grids))
	best, bestHidden := 0, 0
	for i := range grids {
		hd, ok := findHeader(h, &grids[i])
		if !ok || len(hd.missing) > 0 || len(hd.body(h)) == 0 {
			continue
		}
		found[i] = hd
		if grids[i].hidden {
			bestHidden = max(bestHidden, hd.matched)
		} else {
			best = max(best, hd.matched)
		}
	}
	if best == 0 && bestHidden == 0 {
		_, err := chooseSheet(h, grids, "", file)
		if err == nil {
			err = onlyHeader(file)
		}
		return nil, nil, err
	}
	for i := range grids {
		g, hd := &grids[i], found[i]
		switch {
		case best == 0 && hd.matched > 0:
			lists = append(lists, hd)
			said = append(said, fmt.Sprintf("名单在隐藏的工作表“%s”上,已经读入,请核对是不是要的那一张", g.label()))
		case best > 0 && g.hidden && hd.matched > 0:
			said = append(said, fmt.Sprintf("隐藏的工作表“%s”上也有名单,没有读入;要读请先在 Excel 里取消隐藏", g.label()))
		case g.hidden || len(g.rows) == 0:
		case hd.matched > 1 && 2*hd.matched >= best || hd.matched == best && best > 0:
			lists = append(lists, hd)
		default:
			said = append(said, fmt.Sprintf("工作表“%s”没有读入:上面没有%s的表头和名单", g.label(), h.kind.Title))
		}
	}
	return lists, said, nil
}

func onlyHeader(file string) error {
	return model.Errorf("E-SHEET-EMPTY", "“%s”里只有表头,没有可读入的行", file)
}

// named reports whether the grids are sheets; the readings of a .csv file with other
// separators come as grids without a name.
func named(grids []grid) bool { return len(grids) > 0 && grids[0].name != "" }

func (g *grid) label() string { return model.Clean(g.name, false) }

// chooseSheet gives the header of the named sheet, or of the first sheet with a
// usable one.
func chooseSheet(h *headings, grids []grid, name, file string) (header, error) {
	var nearest header
	found, filled := false, false
	for i := range grids {
		g := &grids[i]
		if name != "" && g.name != name || name == "" && g.hidden {
			continue
		}
		found = true
		filled = filled || len(g.rows) > 0
		hd, ok := findHeader(h, g)
		if ok && len(hd.missing) == 0 && g.name != "" {
			return hd, nil
		}
		// The readings of a CSV file with other separators come as further grids.
		if ok && (nearest.grid == nil || hd.matched > nearest.matched) {
			nearest = hd
		}
	}
	title := h.kind.Title
	switch {
	case !found && name != "":
		return header{}, model.Errorf("E-SHEET-NAME", "“%s”里没有名为“%s”的工作表,有:%s", file, model.Clean(name, false), sheetNames(grids))
	case !filled:
		return header{}, model.Errorf("E-SHEET-EMPTY", "“%s”里是空表,没有可读的内容", file)
	case nearest.grid == nil:
		return header{}, model.Errorf("E-SHEET-HEADER", "“%s”里没有找到表头;请让表头这一行写明各列的名称,例如 %s", file, exampleHeadings(h.kind))
	case len(nearest.missing) > 0:
		return header{}, model.Errorf("E-SHEET-COLUMN", "“%s”里没有“%s”这一列(登记%s必须有),请在表头加上后再读入", file, strings.Join(nearest.missing, "”“"), title)
	}
	return nearest, nil
}

func sheetNames(grids []grid) string {
	var names []string
	for i := range grids {
		if grids[i].name != "" {
			names = append(names, grids[i].label())
		}
	}
	if len(names) == 0 {
		return "(没有工作表)"
	}
	return strings.Join(names, "、")
}

func exampleHeadings(k *model.Kind) string {
	var labels []string
	for _, f := range k.Fields() {
		if f.Required || len(labels) < 4 {
			labels = append(labels, f.Label)
		}
	}
	return strings.Join(labels[:min(len(labels), 5)], "、")
}
