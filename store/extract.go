package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

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
