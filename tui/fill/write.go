package fill

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/paper/fill"
	"taizhang/tui/ui"
)

// filled tells what was filled and where it is.
type filled struct {
	to   *screen
	path string
	kind *model.Kind
	res  *fill.Result
	sign []string // places to sign
	said string   // of opening it
}

// notFilled is a fault in filling.
type notFilled struct {
	to  *screen
	err error
}

// purpose is for what and for whom whole numbers are written.
type purpose struct{ purpose, receiver string }

// ask asks what there is to ask before the form is filled, and fills it.
func (s *screen) ask() tea.Cmd {
	fault := ""
	switch {
	case s.rows.none:
		return ui.Do(ui.Push{Screen: s.oneBox()})
	case s.n == 0:
		fault = "没有选出记录,没有什么可填:请在“填哪些”里换一个视图"
	case s.n > most:
		fault = fmt.Sprintf("选出了 %d 条,一张表最多填 %d 条:请在“填哪些”里换一个视图,或先在表格里筛选", s.n, most)
	case s.plan.Whole() && s.app.Ledger.ReadOnly():
		fault = "台账是只读打开的,用途记不下来,不能写全身份证号和电话;请正常打开台账再填"
	case s.plan.Whole():
		return s.askPurpose
	default:
		return s.fill(nil)
	}
	return ui.Do(ui.Status{Fault: true, Text: fault})
}

// fill opens the form anew, binds it as it is shown, and fills it, in a command.
func (s *screen) fill(why *purpose) tea.Cmd {
	s.busy = "正在填" + filepath.Base(s.path) + " …"
	m, app, q, ids := filled{to: s, kind: s.kind()}, s.app, s.query(), s.rows.ids
	path, shown := s.path, s.plan.Bindings()
	return func() tea.Msg {
		if err := m.write(app, path, shown, func() ([]*model.Record, error) {
			page, err := app.Ledger.Page(app.Ctx, q)
			if err != nil {
				return nil, err
			}
			return inOrder(page.Records, ids), nil
		}, why); err != nil {
			return notFilled{s, err}
		}
		return m
	}
}

// inOrder puts records into the order in which they were asked for by id.
func inOrder(records []*model.Record, ids []string) []*model.Record {
	if len(ids) == 0 {
		return records
	}
	byID := map[string]*model.Record{}
	for _, r := range records {
		byID[r.ID] = r
	}
	all := make([]*model.Record, 0, len(records))
	for _, id := range ids {
		if r := byID[id]; r != nil {
			all = append(all, r)
		}
	}
	return all
}

func (m *filled) write(app *ui.App, path string, shown []fill.Binding, read func() ([]*model.Record, error), why *purpose) (err error) {
	records, err := read()
	if err != nil {
		return err
	}
	form, err := fill.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, form.Close()) }()
	p, err := form.Plan(app.Ledger.Kinds(), m.kind, nil)
	if err != nil {
		return err
	}
	now := p.Bindings()
	if len(now) != len(shown) {
		return model.Errorf("E-FILL-CHANGED", "“%s”刚才被改过,请按 F4 重新选一次", filepath.Base(path))
	}
	for i, b := range shown {
		name := ""
		if b.Source != nil {
			name = b.Source.Name
		} else if b.Sign {
			m.sign = append(m.sign, b.Heading)
		}
		if now[i].Heading != b.Heading || !p.Bind(i, name) {
			return model.Errorf("E-FILL-CHANGED", "“%s”刚才被改过,请按 F4 重新选一次", filepath.Base(path))
		}
	}
	if m.path, err = freeName(path); err != nil {
		return err
	}
	if why != nil {
		if err := note(app, path, m.path, *why); err != nil {
			return err
		}
	}
	m.res, err = p.Fill(app.Ctx, app.Ledger.Env(app.Ctx), records, m.path)
	var known *model.Error
	if errors.As(err, &known) && known.Code == "E-FILL-ONE" {
		return model.Errorf("E-FILL-ONE", "这张表一次填一份%s,选出了 %d %s:请在“填哪些”里选“只填一%s”", m.kind.Title, len(records), unitOf(m.kind), unitOf(m.kind))
	}
	return err
}

// sameNames is how many filled copies of a form a folder may hold.
const sameNames = 100

// freeName gives the name of the filled form beside the blank: 花名册(已填).xlsx, then
// 花名册(已填2).xlsx. None that is there is written over.
func freeName(blank string) (string, error) {
	ext := filepath.Ext(blank)
	stem := strings.TrimSuffix(blank, ext)
	for n := 1; n < sameNames; n++ {
		path := stem + "(已填)" + ext
		if n > 1 {
			path = fmt.Sprintf("%s(已填%d)%s", stem, n, ext)
		}
		switch _, err := os.Lstat(path); {
		case errors.Is(err, fs.ErrNotExist):
			return path, nil
		case err != nil:
			return "", model.Errorf("E-FOLDER", "打不开文件夹“%s”,请检查它还在不在、有没有权限", filepath.Dir(blank))
		}
	}
	return "", model.Errorf("E-WRITE", "原表旁边已经填好的太多了,请先清理")
}
