// Package keybox keeps an age identity that a passphrase opens and, separately, the
// county's key: ledgers at rest and backups are encrypted to the identity, so that a
// forgotten passphrase is answered by the county. Every part is an ordinary age file that
// `age` itself opens.
package keybox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store/internal/cost"
)

// WorkFactor is the logarithm of scrypt's cost of a passphrase: 128 MB of memory and about
// a second on a small laptop, less than half of that on a new one.
const WorkFactor = 17

// maxWorkFactor bounds what is taken, in seconds and memory: one more than this program
// writes, as `age -p` does.
const maxWorkFactor = 18

// SetWorkFactor makes every passphrase cost so much, for tests, those of counties' keys,
// backups and transfers too: 0 takes what is usual again.
func SetWorkFactor(logN int) { cost.Set(logN) }

// largest bounds an identity file, in bytes.
const largest = 1 << 16

// Keys are an identity with those before it, the newest first. What was encrypted to a
// former one is still opened by it.
type Keys struct {
	all []*age.X25519Identity
	// About says whose it is, in one line: the unit's code and name. It stands in the
	// identity file, for the clerk at the county who opens it.
	About string
}

// New makes an identity.
func New(about string) (*Keys, error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("identity: %w", err)
	}
	return &Keys{all: []*age.X25519Identity{id}, About: about}, nil
}

// Next makes a new identity in front of these. What is encrypted from now on is not opened
// by what opened these.
func (k *Keys) Next() (*Keys, error) {
	next, err := New(k.About)
	if err != nil {
		return nil, err
	}
	next.all = append(next.all, k.all...)
	return next, nil
}

// Recipient gives what is encrypted to, as age1….
func (k *Keys) Recipient() string { return k.all[0].Recipient().String() }

// Identities gives all of them for age.Decrypt.
func (k *Keys) Identities() []age.Identity {
	all := make([]age.Identity, len(k.all))
	for i, id := range k.all {
		all[i] = id
	}
	return all
}

// aboutComment begins the line that says whose an identity is.
const aboutComment = "# taizhang ledger: "

// text gives the identity file as `age -d -i` takes it.
func (k *Keys) text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s%s\n", aboutComment, model.Clean(k.About, false))
	for _, id := range k.all {
		fmt.Fprintf(&b, "# public key: %s\n%s\n", id.Recipient(), id)
	}
	return b.Bytes()
}

func parse(text []byte) (*Keys, error) {
	k := &Keys{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if about, ok := strings.CutPrefix(line, aboutComment); ok {
			k.About = about
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, err := age.ParseX25519Identity(line)
		if err != nil {
			return nil, spoilt()
		}
		k.all = append(k.all, id)
	}
	if len(k.all) == 0 {
		return nil, spoilt()
	}
	return k, nil
}

func spoilt() *model.Error {
	return model.Errorf("E-KEYBOX", "加密台账的钥匙文件坏了或者不是这种文件;请用另一份(台账旁边的 .key 或备份里的),或请县里开锁")
}

// Lock wraps the identity by a passphrase: an age file (scrypt) that `age -d` opens.
// workFactor is scrypt's, 0 for WorkFactor; tests take less.
func (k *Keys) Lock(passphrase string, workFactor int) ([]byte, error) {
	if passphrase == "" {
		return nil, model.Errorf("E-PASSPHRASE", "加密台账要有口令,请输入口令")
	}
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	r.SetWorkFactor(cost.Of(workFactor, WorkFactor))
	return seal(k.text(), r)
}

// Unlock opens what Lock has made. *model.Error: E-PASSPHRASE when it is the wrong one,
// E-KEYBOX for a file that is none.
func Unlock(file []byte, passphrase string) (*Keys, error) {
	if passphrase == "" {
		return nil, model.Errorf("E-PASSPHRASE", "台账加了密,请输入口令")
	}
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, fmt.Errorf("unlock: %w", err)
	}
	id.SetMaxWorkFactor(maxWorkFactor)
	return unseal(file, id, wrong())
}

func wrong() *model.Error {
	return model.Errorf("E-PASSPHRASE", "口令不对,打不开加密的台账,请重新输入;忘了口令,请打电话请县里开锁")
}

// ForCounty wraps the identity to the recipient of a county's profile (age1…): an age file
// that `age -d -i county.key` opens. *model.Error E-PROFILE.
func (k *Keys) ForCounty(recipient string) ([]byte, error) {
	r, err := age.ParseX25519Recipient(recipient)
	if err != nil {
		return nil, model.Errorf("E-PROFILE", "县里的配置文件里的公钥不对,请向县(市)委组织部重新要一份配置文件")
	}
	return seal(k.text(), r)
}

// FromCounty opens what ForCounty has made with the county's identities. *model.Error:
// E-KEY when it was made for another county, E-KEYBOX for a file that is none.
func FromCounty(file []byte, county age.Identity) (*Keys, error) {
	return unseal(file, county, model.Errorf("E-KEY", "这个文件不是给本县密钥的,打不开;请核对是不是拿错了文件,或者换用以前的密钥文件"))
}

func seal(text []byte, to age.Recipient) ([]byte, error) {
	var b bytes.Buffer
	w, err := age.Encrypt(&b, to)
	if err != nil {
		return nil, fmt.Errorf("wrap the identity: %w", err)
	}
	if _, err := w.Write(text); err != nil {
		return nil, fmt.Errorf("wrap the identity: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("wrap the identity: %w", err)
	}
	return b.Bytes(), nil
}

func unseal(file []byte, id age.Identity, refused error) (*Keys, error) {
	r, err := age.Decrypt(bytes.NewReader(file), id)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return nil, refused
	case err != nil:
		return nil, spoilt()
	}
	text, err := io.ReadAll(io.LimitReader(r, largest))
	if err != nil {
		return nil, spoilt()
	}
	return parse(text)
}

// Has tells whether an identity, or a former one, is that of a recipient (age1…).
func (k *Keys) Has(recipient string) bool {
	for _, id := range k.all {
		if id.Recipient().String() == recipient {
			return true
		}
	}
	return false
}
