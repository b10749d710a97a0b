// Package transfer hands a member over from one record book to another (design.md §10,
// 移交包): a file with the person and what belongs to them, closed by four words that the
// telephone carries. It knows the ledger by its declarations: what goes along is what the
// kinds say of themselves (model.Travel).
package transfer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/cost"
)

// The format of packages. A later one has members added only, or another number.
const (
	format = 1
	mark   = "taizhang-transfer"
)

// The bounds of what is taken in.
const (
	// MaxSize is that of the file; a branch of 300 with ten years takes a tenth.
	MaxSize    = 32 << 20
	maxRecords = 200_000
	// workFactor is the logarithm of scrypt's cost: age's own. A file that asks for more
	// was not made by this program, and would take memory that a laptop does not have.
	workFactor = 18
)

// Package is what is handed over. Its records have numbers of their own: no id of the
// ledger that is left is in it.
type Package struct {
	Mark      string       `json:"mark"`
	Format    int          `json:"format"`
	Program   string       `json:"program"`
	Created   string       `json:"created"` // YYYY-MM-DDThh:mm:ssZ
	From      Organization `json:"from"`
	Transfers []Transfer   `json:"transfers"`
	Records   []Item       `json:"records"` // each behind those that it refers to
	Emptied   []Emptied    `json:"emptied,omitempty"`
}

// Organization is the one that is left.
type Organization struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Transfer is one person's movement out.
type Transfer struct {
	Person     string      `json:"person"` // the item's number
	Left       model.Date  `json:"left"`
	To         string      `json:"to"`
	ToCode     string      `json:"to_code,omitempty"`
	Whole      bool        `json:"whole_unit,omitempty"`
	LetterNo   string      `json:"letter_no,omitempty"`
	DuesPaidTo model.Month `json:"dues_paid_to,omitempty"`
	ValidUntil model.Date  `json:"valid_until,omitempty"`
}

// Item is one record: its values as a bundle writes them, references by number.
type Item struct {
	Kind   string              `json:"kind"`
	No     string              `json:"no"`
	Values map[string]string   `json:"values"`
	Links  map[string][]string `json:"links,omitempty"`
}

// Emptied is a reference to what stays at home, and what that is called.
type Emptied struct {
	No    string `json:"no"` // of the item
	Field string `json:"field"`
	Names string `json:"names"`
}

// Seal closes a package by its words, as `age -d` opens it.
func (p *Package) Seal(words []string) ([]byte, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("transfer: %w", err)
	}
	r, err := age.NewScryptRecipient(Passphrase(words))
	if err != nil {
		return nil, fmt.Errorf("transfer: %w", err)
	}
	r.SetWorkFactor(cost.Of(0, workFactor))
	var b bytes.Buffer
	w, err := age.Encrypt(&b, r)
	if err != nil {
		return nil, fmt.Errorf("transfer: %w", err)
	}
	if _, err := w.Write(text); err != nil {
		return nil, fmt.Errorf("transfer: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("transfer: %w", err)
	}
	return b.Bytes(), nil
}

func notPackage() *model.Error {
	return model.Errorf("E-TRANSFER-FILE", "这不是移交包,或者文件坏了;请对方把移交包再拷一次")
}

// Open opens a package by its words as they were typed. Errors are *model.Error: E-WORDS
// where they are not these, E-TRANSFER-FILE for a file that is none or is damaged,
// E-TRANSFER-NEWER for one of a newer program.
func Open(data []byte, typed string) (*Package, error) {
	words, err := ReadWords(typed)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(data, []byte("age-encryption.org/")) || len(data) > MaxSize {
		return nil, notPackage()
	}
	id, err := age.NewScryptIdentity(Passphrase(words))
	if err != nil {
		return nil, fmt.Errorf("transfer: %w", err)
	}
	id.SetMaxWorkFactor(workFactor)
	r, err := age.Decrypt(bytes.NewReader(data), id)
	var wrong *age.NoIdentityMatchError
	switch {
	case errors.As(err, &wrong):
		return nil, model.Errorf("E-WORDS", "口令不对,打不开这个移交包;请与对方一个词一个词地核对,也看看是不是拿错了文件")
	case err != nil:
		return nil, notPackage()
	}
	text, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil || len(text) > MaxSize {
		return nil, notPackage()
	}
	p := new(Package)
	if err := json.Unmarshal(text, p); err != nil || p.Mark != mark || p.Format < 1 {
		return nil, notPackage()
	}
	if p.Format > format {
		return nil, model.Errorf("E-TRANSFER-NEWER", "这个移交包是更新的程序写的,请先换上新版程序再收")
	}
	if len(p.Transfers) == 0 || len(p.Records) > maxRecords {
		return nil, notPackage()
	}
	return p, nil
}

// homeUnit names the ledger's own organisation. *model.Error E-NOHOME.
func homeUnit(l *store.Ledger) (Organization, error) {
	home := l.Home()
	if home == nil {
		return Organization{}, model.Errorf("E-NOHOME", "台账里还没有本组织,不能移交")
	}
	return Organization{Code: home.Text("code"), Name: home.Text("name")}, nil
}
