package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/sheet"
	"taizhang/tui/ui"
)

type listOptions struct {
	view, find, sort, format, out string
	where                         []string
	showIDs, json                 bool
	purpose
}

// purpose is for what and for whom ID numbers and phones are written whole.
type purpose struct{ what, receiver string }

func (p *purpose) add(c *cobra.Command) {
	c.Flags().StringVar(&p.what, "purpose", "", "身份证号和电话写全的用途,记入修改记录")
	c.Flags().StringVar(&p.receiver, "receiver", "", "接收单位,记入修改记录")
}

// needed tells what is missing for whole numbers.
func (p *purpose) needed(what string) error {
	if p.what == "" || p.receiver == "" {
		return usagef("%s,请写明 --purpose 用途 和 --receiver 接收单位,记入修改记录", what)
	}
	return nil
}

// note keeps that whole numbers are written, before they are.
func (p *purpose) note(ctx context.Context, l *store.Ledger, title, file string) error {
	return l.NoteHandOut(ctx, store.HandedOut{Title: title, Purpose: p.what, Receiver: p.receiver, File: file})
}

func (m *Main) listCommand() *cobra.Command {
	var o listOptions
	c := &cobra.Command{
		Use:   "list 记录类别",
		Short: "列出某类记录(和画面上的表格一样)",
		Long: "列出某类记录,和画面上的表格一样。例如:taizhang list person --view 预备党员 --format xlsx --out 预备党员.xlsx\n" +
			"Windows 上用 > 写进文件的,是 Excel 和记事本认得的 UTF-8(带 BOM);用 | 交给别的程序的,照控制台的代码页(936 就是 GBK),先运行 chcp 65001 就是 UTF-8。JSON 总是 UTF-8。",
		Args: argsNamed("记录类别"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if o.format, err = chosenFormat(o.format, o.json, o.out); err != nil {
				return err
			}
			if o.showIDs {
				if err := o.needed("完整显示身份证号和电话(--show-ids)"); err != nil {
					return err
				}
			}
			return m.withLedger(cmd.Context(), !o.showIDs, func(l *store.Ledger) error {
				return m.list(cmd.Context(), l, args[0], o)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&o.view, "view", "", "现成的视图,例如 预备党员,或者画面上 F5 里自存的视图;不写用默认视图,“全部”不筛选")
	f.StringArrayVar(&o.where, "where", nil, "条件,例如 学历=大专、学历=高中及以上、年龄>=60、birth_date>=1990-01-01、name~张,县里还有 单位~石桥;可写多个")
	f.StringVar(&o.find, "find", "", "查找:汉字、拼音、首字母或号码的一部分")
	f.StringVar(&o.sort, "sort", "", "按哪一项排序,前面加 - 为从大到小")
	f.StringVar(&o.format, "format", "text", "格式:text、csv、json、xlsx")
	f.BoolVar(&o.json, "json", false, "同 --format json")
	f.StringVar(&o.out, "out", "", "写到这个文件")
	f.BoolVar(&o.showIDs, "show-ids", false, "完整显示身份证号和电话,要同时写 --purpose 和 --receiver")
	o.add(c)
	return c
}

func (m *Main) list(ctx context.Context, l *store.Ledger, name string, o listOptions) error {
	k, err := findKind(l, name)
	if err != nil {
		return err
	}
	orgs, names, err := listedOrgs(ctx, l)
	if err != nil {
		return err
	}
	saved, err := savedView(ctx, l, k, o.view)
	if err != nil {
		return err
	}
	q, err := listQuery(l, k, o, saved, orgs)
	if err != nil {
		return err
	}
	page, err := l.Page(ctx, q)
	if err != nil {
		return err
	}
	t := sheet.Table{Title: l.Home().Text("name"), Kind: k, Columns: listColumns(k, o.format, saved), Records: page.Records,
		ShowIDs: o.showIDs, Env: l.Env(ctx), Orgs: names}
	if o.showIDs {
		if err := o.note(ctx, l, "列表:"+k.Title, o.out); err != nil {
			return err
		}
	}
	if o.format == "xlsx" {
		if err := sheet.WriteXLSX(ctx, o.out, t); err != nil {
			return err
		}
		m.sayf("已写出 %d 条:%s", len(page.Records), o.out)
		return nil
	}
	write := func(w io.Writer) error { return writeList(w, o.format, t) }
	if o.out == "" {
		return write(m.Stdout)
	}
	if o.format == "csv" {
		err = sheet.WriteCSV(ctx, o.out, t, true)
	} else {
		err = sheet.WriteFile(o.out, write)
	}
	if err != nil {
		return err
	}
	m.sayf("已写出 %d 条:%s", len(page.Records), o.out)
	return nil
}

// listedOrg is an organisation by whose records a county's list can be asked.
type listedOrg struct{ id, code, name, short string }

// listColumns gives the columns of a listing: those of a saved view, else text shows the
// table's and files hold every field.
func listColumns(k *model.Kind, format string, saved *store.SavedView) []string {
	if saved != nil && saved.Columns != nil {
		return saved.Columns
	}
	if format == "text" {
		return k.Columns
	}
	var names []string
	for _, f := range k.Fields() {
		names = append(names, f.Name)
	}
	return names
}

// whereOps in the order in which they are looked for.
var whereOps = []struct {
	mark string
	op   model.Op
}{{">=", model.Ge}, {"<=", model.Le}, {"!=", model.Ne}, {"~", model.Contains}, {">", model.Gt}, {"<", model.Lt}, {"=", model.Eq}}

func writeList(w io.Writer, format string, t sheet.Table) error {
	switch format {
	case "csv":
		return sheet.CSV(w, t, false)
	case "json":
		return writeJSON(w, listJSON(t))
	}
	return writeText(w, t)
}

func writeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeHidden(b.Bytes()))
	return err
}

// writeRows writes what writeJSON does of an object with a long list beside its other
// values, row by row: row puts the i-th of n into the buffer.
func writeRows(w io.Writer, object map[string]any, list string, n int, row func(b *rowBuffer, i int)) error {
	object[list] = []any{}
	b := &rowBuffer{}
	b.encoder = json.NewEncoder(&b.one)
	b.encoder.SetEscapeHTML(false)
	b.encoder.SetIndent("", "  ")
	frame := bytes.Clone(b.encode(object))
	open := []byte("\n  \"" + list + "\": [")
	at := bytes.Index(frame, open) + len(open)
	b.encoder.SetIndent("    ", "  ")
	b.all.Write(frame[:at])
	for i := range n {
		if i > 0 {
			b.all.WriteByte(',')
		}
		if row(b, i); b.all.Len() > rowsAtOnce {
			if _, err := b.all.WriteTo(w); err != nil {
				return err
			}
		}
	}
	if n > 0 {
		b.all.WriteString("\n  ")
	}
	b.all.Write(frame[at:])
	if b.err == nil {
		_, b.err = b.all.WriteTo(w)
	}
	return b.err
}

// rowsAtOnce is how many bytes of rows are written at once.
const rowsAtOnce = 1 << 16

// rowBuffer holds rows of a list until they are written.
type rowBuffer struct {
	all, one bytes.Buffer
	encoder  *json.Encoder
	err      error
}

func (b *rowBuffer) encode(v any) []byte {
	b.one.Reset()
	b.err = errors.Join(b.err, b.encoder.Encode(v))
	return escapeHidden(b.one.Bytes())
}

// lines gives the lines of an object's values, without its braces; the object has at least
// one value.
func (b *rowBuffer) lines(object any) []byte {
	return bytes.Clone(bytes.TrimSuffix(bytes.TrimPrefix(b.encode(object), []byte("{")), []byte("\n    }\n")))
}

// put writes a row of the lines of its values.
func (b *rowBuffer) put(lines ...[]byte) {
	b.all.WriteString("\n    {")
	for i, l := range lines {
		if i > 0 {
			b.all.WriteByte(',')
		}
		b.all.Write(l)
	}
	b.all.WriteString("\n    }")
}

// escapeHidden writes characters that do something without being seen as JSON's \uXXXX,
// where encoding/json leaves them as they are: the text may go to a terminal.
func escapeHidden(text []byte) []byte {
	if _, _, found := model.Hidden(string(text), true); !found {
		return text
	}
	out := make([]byte, 0, len(text)+64)
	for _, r := range string(text) {
		if _, _, found := model.Hidden(string(r), true); !found {
			out = utf8.AppendRune(out, r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			out = fmt.Appendf(out, `\u%04x`, unit)
		}
	}
	return out
}

func listJSON(t sheet.Table) []map[string]any {
	rows := make([]map[string]any, len(t.Records))
	for i, r := range t.Records {
		row := map[string]any{"id": r.ID, "org_id": r.OrgID, "rev": r.Rev, "created_at": r.CreatedAt, "updated_at": r.UpdatedAt}
		if t.Orgs != nil {
			row["org_name"] = t.Org(r)
		}
		for _, f := range t.Kind.Fields() {
			v := f.Type.JSON(r.Get(f.Name), r.Name)
			if m, ok := f.Type.(model.Masker); ok && !t.ShowIDs && r.Filled(f.Name) {
				v = m.Mask(r.Str(f.Name))
			}
			row[f.Name] = v
		}
		for _, d := range t.Kind.Derived {
			row[d.Name] = d.Value(t.Env, r)
		}
		rows[i] = row
	}
	return rows
}

// writeText writes aligned columns, measured in cells.
func writeText(w io.Writer, t sheet.Table) error {
	lines := make([][]string, 0, len(t.Records)+1)
	head := make([]string, len(t.Columns))
	right := make([]bool, len(t.Columns))
	for i, name := range t.Columns {
		if f := t.Kind.Field(name); f != nil {
			head[i], right[i] = f.Label, f.Type.Right()
		} else if d := t.Kind.DerivedValue(name); d != nil {
			head[i] = d.Label
		}
	}
	if t.Orgs != nil {
		head, right = slices.Insert(head, 1, sheet.OrgHeading), slices.Insert(right, 1, false)
	}
	lines = append(lines, head)
	for _, r := range t.Records {
		line := make([]string, len(t.Columns))
		for i, name := range t.Columns {
			line[i] = model.Clean(cellText(t, r, name), false)
		}
		if t.Orgs != nil {
			line = slices.Insert(line, 1, model.Clean(t.Org(r), false))
		}
		lines = append(lines, line)
	}
	widths := make([]int, len(head))
	for _, line := range lines {
		for i, c := range line {
			widths[i] = max(widths[i], min(40, ui.Width(c)))
		}
	}
	for _, line := range lines {
		var b strings.Builder
		for i, c := range line {
			if i > 0 {
				b.WriteString("  ")
			}
			if right[i] {
				b.WriteString(ui.FitRight(c, widths[i]))
			} else {
				b.WriteString(ui.Fit(c, widths[i]))
			}
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "共 %d 条\n", len(t.Records))
	return err
}

func cellText(t sheet.Table, r *model.Record, name string) string {
	if d := t.Kind.DerivedValue(name); d != nil {
		return d.Value(t.Env, r)
	}
	if t.ShowIDs {
		return r.Text(name)
	}
	return r.Masked(name)
}
