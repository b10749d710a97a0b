package sheet

import (
	"context"
	"strings"
	"testing"

	"taizhang/model"
)

// listKind is a made-up list with names, a number and headings that are made of parts.
func listKind() *model.Kind {
	return &model.Kind{Name: "list", Title: "名单", Label: []string{"name"}, Sections: []model.Section{{Title: "基本", Fields: []*model.Field{
		{Name: "name", Label: "姓名", Type: model.TypeText, Required: true, Tight: true},
		{Name: "id_number", Label: "身份证号", Type: model.TypeIDNumber},
		{Name: "joined_on", Label: "入党时间", Type: model.TypeDate},
		{Name: "confirmed_on", Label: "转正时间", Type: model.TypeDate},
		{Name: "phone", Label: "联系电话", Type: model.TypePhone},
		{Name: "note", Label: "备注", Type: model.TypeNote},
	}}}}
}

// FuzzCSV looks for texts that crash the reader, that make a value take in a whole row
// below it, or of which it loses a row without a word.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{
		"姓名,性别\n张三,男\n", "姓名,备注\n张三,\"高6尺\n李四,5\"管\n", "\"姓名\",\"备注\"\n\"张三\",\"一\n二\"\n", "a;b\n\";\n", "\xB9\xCF,\xAA\xA1\n",
		"姓名,电话\n张三,\"=\"\"10000000001\"\"\"\n", "\"\n\"\n\"\"\"\n,\"", "\xFF\xFEa\x00,\x00", "a\tb\r\rc\t\"d\r\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		grids, err := openCSV(context.Background(), data, "a.csv")
		if err != nil {
			return
		}
		text, err := decodeText(data, "a.csv")
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range grids {
			last, lines := 0, strings.Count(text, "\n")+1
			for _, r := range g.rows {
				if r.number <= last || r.number > lines {
					t.Fatalf("row %d after %d of %d lines", r.number, last, lines)
				}
				last = r.number
				for _, c := range r.cells {
					if strings.Count(c.text, "\n") > maxLines {
						t.Fatalf("a value of %d lines", strings.Count(c.text, "\n"))
					}
				}
			}
		}
	})
}

// FuzzHeadings looks for headings, merged and nested in any way, that crash the search
// for the header or the rows below it.
func FuzzHeadings(f *testing.F) {
	f.Add("姓名\t时间\t\t联系电话\n\t入党\t转正\n张三\t2001-07-01\t2002-07-01\t10000000001", "B1:C1 A1:A2")
	f.Add("名册\n姓名\t党籍\n\t入党时间\n\t(必填)\n张三\t2001", "A1:D1 B2:C3")
	f.Add("介绍人\t\t姓名\n姓名\t电话\t\n1\t2\t3\n王五\t1\t张三", "A1:B1 C4:C5 A4:A9")
	f.Fuzz(func(t *testing.T, cells, merges string) {
		var g grid
		for i, line := range strings.Split(cells, "\n") {
			row := gridRow{number: i + 1}
			for j, text := range strings.Split(line, "\t") {
				if c := textCell(text); !c.empty() && j < maxColumns {
					row.set(j, c)
				}
			}
			if row.filled() > 0 && len(g.rows) < 2000 {
				g.rows = append(g.rows, row)
			}
		}
		for _, m := range strings.Fields(merges) {
			g.merge(m)
		}
		h := newHeadings(listKind())
		hd, ok := findHeader(h, &g)
		if !ok {
			return
		}
		if hd.matched == 0 || hd.index-hd.top >= nesting {
			t.Fatalf("header %+v", hd)
		}
		for _, r := range hd.body(h) {
			if r.number <= g.rows[hd.index].number || r.filled() == 0 {
				t.Fatalf("row %d below the header in row %d", r.number, g.rows[hd.index].number)
			}
		}
	})
}

// FuzzPart looks for parts of a package that crash the scanner or never end.
func FuzzPart(f *testing.F) {
	f.Add(`<a b="1"><!-- x --><c/>&amp;&#11;<![CDATA[<]]></a>`)
	f.Add("\ufeff<?xml version=\"1.0\"?><x:row r='2'><x:c>\x0b\xff</x:c></x:row>")
	f.Fuzz(func(t *testing.T, part string) {
		s := newScanner(strings.NewReader(part))
		for n := 0; ; n++ {
			if _, err := s.next(); err != nil {
				return
			}
			if n > 2*len(part)+2 {
				t.Fatal("more tokens than characters")
			}
		}
	})
}
