package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"aead.dev/minisign"
	"filippo.io/age"

	"taizhang/model"
	"taizhang/store/internal/cost"
)

// CountyKey is what the county guards (county.key): the age identity that opens
// bundles and the minisign key that signs profiles and receipts.
type CountyKey struct {
	Identity *age.X25519Identity
	Signing  minisign.PrivateKey
	Made     time.Time // zero where the file does not say it
	// Former are the keys before this one, the newest first: what is still encrypted to
	// them can be opened. Theirs are nil.
	Former []*CountyKey
}

// NewCountyKey makes a key; the same random bytes give the same key.
func NewCountyKey(random io.Reader) (*CountyKey, error) {
	secret := make([]byte, 32)
	if _, err := io.ReadFull(random, secret); err != nil {
		return nil, fmt.Errorf("county key: %w", err)
	}
	identity, err := age.ParseX25519Identity(strings.ToUpper(bech32("age-secret-key-", secret)))
	if err != nil {
		return nil, fmt.Errorf("county key: %w", err)
	}
	signing, err := NewSigningKey(random)
	if err != nil {
		return nil, err
	}
	return &CountyKey{Identity: identity, Signing: signing}, nil
}

// Recipient gives the age recipient for the villages: age1….
func (k *CountyKey) Recipient() string { return k.Identity.Recipient().String() }

// PublicKey gives the base64 line that `minisign -P` takes.
func (k *CountyKey) PublicKey() string { return PublicKeyOf(k.Signing) }

// How the comments begin that are read again.
const (
	secretComment  = "# minisign-secret: "
	createdComment = "# created: "
)

// marshal gives the key file as `age -d -i` takes it; the signing key stands in
// a comment, as the second line of a minisign key file. Former keys follow in the same
// form, one after the other.
func (k *CountyKey) marshal(at time.Time) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# taizhang county key 县里的密钥,请妥善保管,不要外传\n")
	if err := k.write(&b, at); err != nil {
		return nil, err
	}
	for _, f := range k.Former {
		fmt.Fprintf(&b, "# former key 以前的密钥,还要用它打开发给它的报送包\n")
		if err := f.write(&b, time.Time{}); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// write adds one key's lines; at is when it was made, where it does not say so itself.
func (k *CountyKey) write(b *bytes.Buffer, at time.Time) error {
	text, err := k.Signing.MarshalText()
	if err != nil {
		return fmt.Errorf("county key: %w", err)
	}
	_, secret, ok := strings.Cut(strings.TrimSpace(string(text)), "\n")
	if !ok {
		return errors.New("county key: minisign's text has not two lines")
	}
	if !k.Made.IsZero() {
		at = k.Made
	}
	if !at.IsZero() {
		fmt.Fprintf(b, "%s%s\n", createdComment, at.UTC().Format(stampLayout))
	}
	fmt.Fprintf(b, "# public key: %s\n", k.Recipient())
	fmt.Fprintf(b, "# minisign-public: %s\n", k.PublicKey())
	fmt.Fprintf(b, "%s%s\n", secretComment, secret)
	fmt.Fprintf(b, "%s\n", k.Identity)
	return nil
}

const stampLayout = "2006-01-02T15:04:05Z"

// KeyFile gives the bytes of county.key. With a passphrase the whole is wrapped by
// age's scrypt; workFactor is its logarithm, 0 for age's own (about a second).
func (k *CountyKey) KeyFile(at time.Time, passphrase string, workFactor int) ([]byte, error) {
	text, err := k.marshal(at)
	if err != nil || passphrase == "" {
		return text, err
	}
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, fmt.Errorf("county key: %w", err)
	}
	if work := cost.Of(workFactor, 0); work > 0 {
		r.SetWorkFactor(work)
	}
	var b bytes.Buffer
	w, err := age.Encrypt(&b, r)
	if err != nil {
		return nil, fmt.Errorf("county key: %w", err)
	}
	if _, err := w.Write(text); err != nil {
		return nil, fmt.Errorf("county key: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("county key: %w", err)
	}
	return b.Bytes(), nil
}

const ageIntro = "age-encryption.org/"

// KeyLocked reports whether a key file asks for a passphrase.
func KeyLocked(file []byte) bool { return bytes.HasPrefix(file, []byte(ageIntro)) }

// ParseCountyKey reads county.key. Errors are *model.Error: E-KEY for a file that
// is none, E-PASSPHRASE when the passphrase is missing or wrong.
func ParseCountyKey(file []byte, passphrase string) (*CountyKey, error) {
	if KeyLocked(file) {
		text, err := unlock(file, passphrase)
		if err != nil {
			return nil, err
		}
		file = text
	}
	var all []*CountyKey
	next, signing := &CountyKey{}, false
	for line := range strings.Lines(string(bytes.TrimPrefix(file, []byte("\ufeff")))) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, secretComment):
			if next.Signing.UnmarshalText([]byte(strings.TrimPrefix(line, secretComment))) != nil {
				return nil, noKey()
			}
			signing = true
		case strings.HasPrefix(line, createdComment):
			if at, err := time.Parse(stampLayout, strings.TrimPrefix(line, createdComment)); err == nil {
				next.Made = at // a date that somebody has spoilt keeps nobody from the key
			}
		case line == "" || strings.HasPrefix(line, "#"):
		default:
			identity, err := age.ParseX25519Identity(line)
			if err != nil || !signing {
				return nil, noKey()
			}
			next.Identity = identity
			all = append(all, next)
			next, signing = &CountyKey{}, false
		}
	}
	if len(all) == 0 || signing {
		return nil, noKey()
	}
	all[0].Former = all[1:]
	return all[0], nil
}

func noKey() *model.Error {
	return model.Errorf("E-KEY", "这不是县里的密钥文件,或者文件已损坏,请选择 county.key 或它的备份")
}

func unlock(file []byte, passphrase string) ([]byte, error) {
	if passphrase == "" {
		return nil, model.Errorf("E-PASSPHRASE", "县里的密钥加了口令,请输入口令")
	}
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, fmt.Errorf("county key: %w", err)
	}
	r, err := age.Decrypt(bytes.NewReader(file), id)
	if err != nil {
		return nil, model.Errorf("E-PASSPHRASE", "口令不对,打不开县里的密钥,请重新输入")
	}
	text, err := io.ReadAll(io.LimitReader(r, 1<<16))
	if err != nil {
		return nil, noKey()
	}
	return text, nil
}
