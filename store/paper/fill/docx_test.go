package fill_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/paper/fill"
)

// sameRow compares a row of a table.
func sameRow(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("row %q, want %q", got, want)
	}
}

// A list with fewer blank rows than members grows in the look of its rows; what stands
// below, and every other part, stays.
func TestDocxList(t *testing.T) {
	t.Parallel()
	l, people := docxPeople(t)
	blank := `<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr><w:p w14:paraId="00000007"><w:pPr><w:spacing w:line="360"/><w:rPr><w:rFonts w:eastAsia="仿宋"/><w:sz w:val="18"/></w:rPr></w:pPr><w:bookmarkStart w:id="0" w:name="x"/><w:bookmarkEnd w:id="0"/></w:p></w:tc>`
	path := docxFile(t, "花名册.docx", wp("党员花名册")+wline(wr("填报单位:________    联系电话:________"))+
		tbl(tr("序号", "姓名", "性别", "出生年月", "家庭成员"), tr("1", blank, blank, blank, blank), tr(tc(5, wp("说明:一人一行"))))+
		wp("审核人签字:")+`<odd:thing odd:a = "1"  />`, nil)
	got, result, out := fillDocx(t, path, l, people)
	rows := got.tables[0]
	if len(rows) != 5 || result.Added != 2 || result.Records != 3 {
		t.Fatalf("%d rows, %+v", len(rows), result)
	}
	sameRow(t, rows[1], []string{"1", "王大山", "男", "1970.03", ""})
	sameRow(t, rows[2], []string{"2", "李二河", "女", "1971.03", ""})
	sameRow(t, rows[3], []string{"3", "赵三江", "男", "1972.03", ""})
	sameRow(t, rows[4], []string{"说明:一人一行"})
	if !slices.Contains(result.Unbound, "家庭成员") {
		t.Errorf("unbound %q", result.Unbound)
	}
	// Of the lines only what is the organisation's own is filled in.
	if want := "填报单位:石桥村党支部    联系电话:________"; got.lines[1] != want {
		t.Errorf("line %q, want %q", got.lines[1], want)
	}
	for _, text := range []string{`<w:rPr><w:rFonts w:eastAsia="仿宋"/><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">李二河</w:t>`, `<odd:thing odd:a = "1"  />`, "?>\r\n<w:document"} {
		if !strings.Contains(got.raw, text) {
			t.Errorf("%s is not in\n%s", text, got.raw)
		}
	}
	if n := strings.Count(got.raw, "<w:bookmarkStart"); n != 4 {
		t.Errorf("%d bookmarks, the blank row has 4", n)
	}
	if n := strings.Count(got.raw, `paraId="00000007"`); n != 4 {
		t.Errorf("%d paragraphs of one number, the blank row has 4", n)
	}
	before, after := docxEntries(t, path), docxEntries(t, out)
	for name, data := range before {
		if name != "word/document.xml" && !bytes.Equal(data, after[name]) {
			t.Errorf("part %s has changed", name)
		}
	}
	if len(after) != len(before) {
		t.Errorf("%d parts, want %d", len(after), len(before))
	}
}

// A form of one person in a table of labels, merged cells and a table within the table.
func TestDocxCard(t *testing.T) {
	t.Parallel()
	l, people := docxPeople(t)
	restart := `<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>` + wp("照片") + `</w:tc>`
	goesOn := `<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>`
	inner := tbl(tr("姓名", "", "性别", "", restart), tr("民族", "", "出生年月", "", goesOn), tr("联系电话", tc(4, `<w:p><w:pPr><w:rPr><w:sz w:val="4"/></w:rPr></w:pPr><w:r><w:rPr><w:sz w:val="4"/></w:rPr></w:r></w:p>`)), tr(tc(1, wp("党组织意见")), tc(4, wp("(盖章)    年  月  日"))))
	path := docxFile(t, "党员登记卡.docx", wp("党员登记卡")+wline(wr("所在党支部:______"))+`<w:tbl><w:tblPr/><w:tr><w:tc>`+inner+`<w:p/></w:tc></w:tr></w:tbl>`, nil)
	got, _, _ := fillDocx(t, path, l, people[1:2])
	if len(got.tables) != 2 {
		t.Fatalf("%d tables", len(got.tables))
	}
	rows := got.tables[1]
	sameRow(t, rows[0], []string{"姓名", "李二河", "性别", "女", "照片"})
	sameRow(t, rows[1], []string{"民族", "汉族", "出生年月", "1971.03", ""})
	sameRow(t, rows[2], []string{"联系电话", "10000000001"})
	sameRow(t, rows[3], []string{"党组织意见", "(盖章)    年  月  日"})
	if !strings.Contains(got.raw, `<w:r><w:rPr></w:rPr><w:t xml:space="preserve">10000000001</w:t>`) { // nobody reads 2 points
		t.Errorf("look of the phone in\n%s", got.raw)
	}
	if got.lines[1] != "所在党支部:石桥村党支部" {
		t.Errorf("line %q", got.lines[1])
	}
	// The blank takes the size of the label beside it, not its bold type.
	if !strings.Contains(got.raw, `<w:rPr><w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">李二河</w:t>`) {
		t.Errorf("look of the value in\n%s", got.raw)
	}
}

// Labels and blanks outside tables: lines of underscores, underlined spaces, tabs, dates,
// boxes, the end of the line.
func TestDocxLines(t *testing.T) {
	t.Parallel()
	l, people := docxPeople(t)
	under := func(text string) string {
		return `<w:r><w:rPr><w:sz w:val="28"/><w:u w:val="single"/><w:lang w:eastAsia="zh-CN"/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	tab := `<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/></w:r>`
	ask := `<w:sdt><w:sdtPr><w:id w:val="9"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>单击此处</w:t></w:r><w:r><w:t>输入文字。</w:t></w:r></w:sdtContent></w:sdt>`
	path := docxFile(t, "个人情况.docx", wp("党员个人情况")+
		wline(wr("姓    名\uFF1A________  性别\uFF1A____"))+ // 0: underscores
		wline(wr("民族:")+under("          ")+wr("岁数:")+under("    "))+ // 1: underlined, one unknown
		wline(wr("联系电话:")+tab+wr("乡镇:")+tab)+ // 2: tabs
		wline(wr("出生日期:    年   月   日"))+ // 3
		wline(wr("性别:□男  □女"))+ // 4
		wline(wr("党员类别:"))+ // 5
		wline(wr("转正日期:")+ask)+ // 6
		wline(wr("本人")+under("          ")+wr("同志,民族")+under("        ")+wr(",情况属实。"))+ // 7: a sentence
		wline(wr("入党日期:1999年7月  备注:见附件")), nil) // 8: nothing blank
	got, result, _ := fillDocx(t, path, l, people[1:2])
	want := []string{"姓    名\uFF1A 李二河   性别\uFF1A 女 ", "民族: 汉族     岁数:    ", "联系电话: 10000000001\t乡镇: 柳河镇\t", "出生日期:1971年3月2日",
		"性别:□男  ☑女", "党员类别:正式党员", "转正日期:2000-07-01", "本人          同志,民族 汉族   ,情况属实。", "入党日期:1999年7月  备注:见附件"}
	for i, w := range want {
		if got.lines[i+1] != w {
			t.Errorf("line %d is %q, want %q", i, got.lines[i+1], w)
		}
	}
	for _, text := range []string{
		`<w:rPr><w:sz w:val="28"/><w:u w:val="single"/></w:rPr><w:t xml:space="preserve"> 李二河 </w:t>`, // the line stays below the name
		`<w:u w:val="single"/><w:lang w:eastAsia="zh-CN"/></w:rPr><w:t xml:space="preserve"> 汉族     </w:t>`,
	} {
		if !strings.Contains(got.raw, text) {
			t.Errorf("%s is not in\n%s", text, got.raw)
		}
	}
	if strings.Contains(got.raw, "showingPlcHdr") || strings.Contains(got.raw, "PlaceholderText") {
		t.Errorf("the control still asks:\n%s", got.raw)
	}
	if !slices.Contains(result.Unbound, "岁数") || !slices.Contains(result.Unbound, "本人") {
		t.Errorf("unbound %q", result.Unbound)
	}
}

// A list that is half filled is completed: rows are known by their names, and what says
// something else is left and named.
func TestDocxHalfFilled(t *testing.T) {
	t.Parallel()
	l, people := docxPeople(t)
	path := docxFile(t, "花名册.docx", tbl(tr("姓名", "性别", "民族", "联系电话"), tr("赵三江", "女", "", ""), tr("", "", "", "")), nil)
	got, result, _ := fillDocx(t, path, l, people)
	rows := got.tables[0]
	sameRow(t, rows[1], []string{"赵三江", "女", "汉族", "10000000002"})
	var names []string
	for _, r := range rows[2:] {
		names = append(names, r[0])
	}
	if !slices.Equal(names, []string{"王大山", "李二河"}) {
		t.Errorf("names %q", names)
	}
	if len(result.Kept) != 1 || !strings.Contains(result.Kept[0], "性别") {
		t.Errorf("kept %q", result.Kept)
	}
}

// Headings alone: rows are made; columns whose edges miss each other by a hair.
func TestDocxHeadingsOnly(t *testing.T) {
	t.Parallel()
	l, people := docxPeople(t)
	path := docxFile(t, "花名册.docx", tbl(tr("姓名", "性别", "民族")), nil)
	got, _, _ := fillDocx(t, path, l, people)
	if rows := got.tables[0]; len(rows) != 4 {
		t.Errorf("%q", rows)
	} else {
		sameRow(t, rows[3], []string{"赵三江", "男", "汉族"})
	}
	grid := `<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="60"/><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>`
	path = docxFile(t, "花名册.docx", `<w:tbl>`+tableLook+grid+tr(tc(1, wp("姓名")), tc(2, wp("性别")), tc(1, wp("民族")))+tr(tc(2, `<w:p/>`), tc(1, `<w:p/>`), tc(1, `<w:p/>`))+`</w:tbl>`, nil)
	got, _, _ = fillDocx(t, path, l, people)
	if rows := got.tables[0]; len(rows) != 4 {
		t.Errorf("%q", rows)
	} else {
		sameRow(t, rows[2], []string{"李二河", "女", "汉族"})
	}
}

// What can't be a form is refused in words: no document, a bomb, two texts, an old format.
func TestDocxRefused(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("<w:sdt>", 500) + strings.Repeat("</w:sdt>", 500)
	for name, c := range map[string]struct{ path, code string }{
		"nothing to fill": {docxFile(t, "a.docx", wp("通知"), nil), "E-FILL-NONE"},
		"broken":          {docxFile(t, "b.docx", "<w:p>", nil), "E-FILL-OPEN"},
		"bomb":            {docxFile(t, "c.docx", strings.Repeat(wp(strings.Repeat("填", 1000)), 12_000), nil), "E-FILL-OPEN"},
		"deep":            {docxFile(t, "d.docx", deep, nil), "E-FILL-OPEN"},
		"declares":        {docxFile(t, "e.docx", "", map[string]string{"word/document.xml": `<!DOCTYPE w [<!ENTITY a "b">]>` + docxHead + docxTail}), "E-FILL-OPEN"},
		"no document":     {docxFile(t, "f.docx", "", map[string]string{"word/document.xml": `<x/>`}), "E-FILL-OPEN"},
		"not there":       {t.TempDir() + "/g.docx", "E-FILL-OPEN"},
		"old":             {"h.doc", "E-FILL-TYPE"},
	} {
		l, _ := docxPeople(t)
		form, err := fill.Open(c.path)
		if err == nil {
			_, err = form.Plan(l.Kinds(), nil, nil)
			if closeErr := form.Close(); closeErr != nil {
				t.Error(closeErr)
			}
		}
		var known *model.Error
		if !errors.As(err, &known) || known.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// A form of one person is held once for each of several, each on a page of its own.
func TestDocxCopies(t *testing.T) {
	t.Parallel()
	l, people := docxPeople(t)
	path := docxFile(t, "党员登记卡.docx", wp("党员登记卡")+tbl(tr("姓名", "", "性别", ""), tr("民族", "", "联系电话", ""))+`<w:p w14:paraId="00000009"><w:bookmarkStart w:id="1" w:name="end"/><w:bookmarkEnd w:id="1"/></w:p>`, nil)
	got, result, _ := fillDocx(t, path, l, people)
	if len(got.tables) != 3 || result.Copies != 3 {
		t.Fatalf("%d tables, %+v", len(got.tables), result)
	}
	for i, name := range []string{"王大山", "李二河", "赵三江"} {
		sameRow(t, got.tables[i][0], []string{"姓名", name, "性别", []string{"男", "女", "男"}[i]})
	}
	for text, want := range map[string]int{"<w:pageBreakBefore/>": 2, "党员登记卡": 3, "<w:sectPr>": 1, "<w:bookmarkStart": 1, `"00000009"`: 1} {
		if n := strings.Count(got.raw, text); n != want {
			t.Errorf("%s stands %d times, want %d", text, n, want)
		}
	}
}
