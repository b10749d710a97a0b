package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Settings of the store's own. Those of the packages under it stand with them.
const (
	SettingHome = "home" // the home organisation's id
	// SettingFirstMonth is the month from which the book is kept, YYYY-MM; not set where
	// nobody said it.
	SettingFirstMonth = "first_month"
	SettingParams     = "profile_params" // the county's parameters: a JSON object of texts
	SettingHandler    = "handler"        // 经手人, who keeps the book: see Handler
)

// Setting gives a setting, "" when it is not set.
func (l *Ledger) Setting(ctx context.Context, name string) (string, error) {
	value, err := setting(ctx, l.readers, name)
	if name == SettingFirstMonth && value != "" && !model.Month(value).Valid() {
		l.warn("台账里“从哪个月记起”这一设置已损坏,先当作没有设;请在设置里重新填写")
		value = ""
	}
	return value, l.explain(err)
}

func setting(ctx context.Context, q raw.Querier, name string) (string, error) {
	values, err := raw.Texts(ctx, q, "SELECT value FROM setting WHERE name = ?", name)
	if err != nil {
		return "", fmt.Errorf("setting %s: %w", name, err)
	}
	if len(values) == 0 {
		return "", nil
	}
	return values[0], nil
}

// SetSetting sets a setting; "" takes it away. Parameters of the county's profile
// hold at once; one that this program does not know is *model.Error E-PARAM, and
// nothing is set.
func (l *Ledger) SetSetting(ctx context.Context, name, value string) error {
	if name == SettingParams {
		if _, err := l.book.Limits(value); err != nil {
			return err
		}
	}
	err := l.write(ctx, func(ctx context.Context, t *Tx) error {
		t.apart = true
		return t.SetSetting(ctx, name, value)
	})
	if err == nil && name == SettingParams {
		err = l.loadPacks(ctx)
	}
	return err
}

// SetSetting sets a setting within the transaction; "" takes it away.
func (t *Tx) SetSetting(ctx context.Context, name, value string) error {
	text, args := "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", []any{name, value}
	if value == "" {
		text, args = "DELETE FROM setting WHERE name = ?", []any{name}
	}
	if err := t.w.Exec(ctx, text, args...); err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return nil
}

// warnings are what was found damaged and passed over since the ledger was opened.
type warnings struct {
	mu  sync.Mutex
	all []string
}

// Warn notes, once, that something beside the records could not be read and what holds
// in its place: a damaged setting must keep nobody from his records. text is a Chinese
// sentence.
func (i Inside) Warn(text string) { i.l.warn(text) }

func (l *Ledger) warn(text string) {
	l.warnings.mu.Lock()
	defer l.warnings.mu.Unlock()
	if !slices.Contains(l.warnings.all, text) {
		l.warnings.all = append(l.warnings.all, text)
	}
}

// Warnings gives what was found damaged and passed over so far, each once: Chinese
// sentences in the order in which they were found.
func (l *Ledger) Warnings() []string {
	l.warnings.mu.Lock()
	defer l.warnings.mu.Unlock()
	return slices.Clone(l.warnings.all)
}

// onlyHome gives the one organisation whose records these are, nil where there are none
// or several: then only the setting can tell which is the ledger's own.
func (l *Ledger) onlyHome(ctx context.Context) (*model.Record, error) {
	kind := l.book.Org.Kind
	ids, err := raw.Texts(ctx, l.readers, "SELECT DISTINCT org_id FROM "+raw.Quote(kind))
	if err != nil || len(ids) != 1 {
		return nil, err
	}
	home, err := l.record(ctx, l.readers, l.tables[kind], ids[0])
	if err != nil {
		return nil, fmt.Errorf("home: %w", err)
	}
	return home, nil
}

// handlerUnsaid stands for a 经手人 who was asked after and not named.
const handlerUnsaid = "-"

// Handler gives the 经手人, who keeps this record book, "" for one that is not named; and
// whether anybody was asked.
func (l *Ledger) Handler() (name string, asked bool) {
	if text := l.handler.Load(); text != nil {
		name = *text
	}
	if name == handlerUnsaid {
		return "", true
	}
	return name, name != ""
}

// SetHandler sets the 经手人, or with "" notes that none is to be named. What is written
// from now on names him. *model.Error: E-HANDLER for a name that is none, E-READONLY.
func (l *Ledger) SetHandler(ctx context.Context, name string) error {
	name = strings.TrimSpace(model.Clean(name, false))
	if utf8.RuneCountInString(name) > 20 || name != "" && strings.Trim(name, "-—()\uff08\uff09") == "" {
		return model.Errorf("E-HANDLER", "经手人请写姓名,最多 20 个字")
	}
	kept := cmp.Or(name, handlerUnsaid)
	if err := l.SetSetting(ctx, SettingHandler, kept); err != nil {
		return err
	}
	l.handler.Store(&kept)
	return nil
}

func (l *Ledger) loadHandler(ctx context.Context) error {
	text, err := l.Setting(ctx, SettingHandler)
	if err == nil {
		l.handler.Store(&text)
	}
	return err
}

// who is who writes, for the history: the system's user, and the 经手人 before him where
// one is named: several may sit at one computer, and one at several.
func (l *Ledger) who() string {
	name, _ := l.Handler()
	if name == "" || name == l.by {
		return l.by
	}
	return name + "(" + l.by + ")"
}

// Extract says of a ledger that it is what an office has handed to one of its townships:
// the records of that township's organisations as they stood on a day. It is only looked
// at, on whatever computer it stands.
type Extract struct {
	Township string      `json:"township"`
	Day      model.Date  `json:"day"`      // up to which it says how things stand
	Month    model.Month `json:"month"`    // the newest month of which a bundle was accepted, "" for none
	Private  bool        `json:"private"`  // ID numbers, phones and addresses are in it
	Deadline int         `json:"deadline"` // the day of the month by which units report
}

// settingExtract holds an Extract as JSON.
const settingExtract = "extract"

// Extract gives what kind of extract the ledger is, nil for an ordinary one.
func (l *Ledger) Extract() *Extract { return l.extract }

// Banner says in a few words what is open, e.g. 摘录,只读:云溪镇 截至2026年6月30日.
func (x *Extract) Banner() string {
	return "摘录,只读:" + model.Clean(x.Township, false) + " 截至" + x.Day.Chinese()
}

// Refusal says why nothing can be changed in an extract or sent from it.
func (x *Extract) Refusal() *model.Error {
	return model.Errorf("E-READONLY", "这是县里给%s的摘录(截至%s),只能看、能出表,不能改动、收报或导出;要改请告诉村里或县里,要新的请县里再做一份摘录",
		model.Clean(x.Township, false), x.Day.Chinese())
}

// SetExtract makes the ledger an extract: every opening from the next one on is
// read-only. It is for the packages under store.
func (t *Tx) SetExtract(ctx context.Context, x Extract) error {
	text, err := json.Marshal(x)
	if err != nil {
		return fmt.Errorf("extract: %w", err)
	}
	return t.SetSetting(ctx, settingExtract, string(text))
}

// readExtract finds whether the ledger is an extract. One whose note can't be read is one
// all the same: it must not become writable by damage.
func (l *Ledger) readExtract(ctx context.Context, q raw.Querier) error {
	text, err := setting(ctx, q, settingExtract)
	if err != nil || text == "" {
		return err
	}
	l.extract = &Extract{}
	if json.Unmarshal([]byte(text), l.extract) != nil {
		l.warn("这是县里的摘录,但它的说明读不出来:只能看;请县里再做一份")
	}
	return nil
}

// lookOnly lets go of the lock and of the connection that writes: nobody writes to an
// extract.
func (l *Ledger) lookOnly() error {
	var err error
	if l.writer != nil {
		err = l.writer.Close()
		l.writer = nil
	}
	if l.lock != nil {
		err = errors.Join(err, l.lock.release())
		l.lock = nil
	}
	l.readOnly = true
	return err
}
