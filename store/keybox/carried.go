package keybox

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"filippo.io/age"

	"taizhang/model"
)

// Box is what lies about openly: enough to encrypt to an identity, and the identity itself
// wrapped by the passphrase and to the county.
type Box struct {
	Recipient string // age1…
	Locked    []byte // by the passphrase (Keys.Lock)
	County    []byte // to the county (Keys.ForCounty); nil where there is no county yet
	// Kept tells that the ledger itself is kept encrypted to it, not its backups alone: one
	// that is restored from there is kept so again.
	Kept bool
}

// Equal tells whether two boxes are the same.
func (b Box) Equal(o Box) bool {
	return b.Recipient == o.Recipient && b.Kept == o.Kept && bytes.Equal(b.Locked, o.Locked) && bytes.Equal(b.County, o.County)
}

// Each file that is encrypted to a box carries it in the header, in stanzas of our own
// that other programs pass over: so a backup on a stick needs nothing beside it. Arguments
// are what is wrapped, and for the first the recipient.
const (
	stanzaType    = "taizhang-key"
	byPassphrase  = "passphrase"
	byCountysKeys = "county"
	keptLedger    = "kept"
)

// Recipients gives what a file of this box is encrypted to: the identity's recipient, and
// the box itself, which goes along in the header. *model.Error E-KEYBOX.
func (b Box) Recipients() ([]age.Recipient, error) {
	r, err := age.ParseX25519Recipient(b.Recipient)
	if err != nil {
		return nil, spoilt()
	}
	return []age.Recipient{r, carrier{b}}, nil
}

// carrier puts a box into a header. It wraps nothing.
type carrier struct{ box Box }

var _ age.Recipient = carrier{}

// Wrap implements age.Recipient.
func (c carrier) Wrap([]byte) ([]*age.Stanza, error) {
	var all []*age.Stanza
	if len(c.box.Locked) > 0 {
		args := []string{byPassphrase, c.box.Recipient}
		if c.box.Kept {
			args = append(args, keptLedger)
		}
		all = append(all, &age.Stanza{Type: stanzaType, Args: args, Body: c.box.Locked})
	}
	if len(c.box.County) > 0 {
		all = append(all, &age.Stanza{Type: stanzaType, Args: []string{byCountysKeys}, Body: c.box.County})
	}
	return all, nil
}

func boxOf(stanzas []*age.Stanza) Box {
	var b Box
	for _, s := range stanzas {
		switch {
		case s.Type != stanzaType || len(s.Args) == 0:
		case s.Args[0] == byPassphrase && len(s.Args) > 1:
			b.Locked, b.Recipient, b.Kept = s.Body, s.Args[1], len(s.Args) > 2 && s.Args[2] == keptLedger
		case s.Args[0] == byCountysKeys:
			b.County = s.Body
		}
	}
	return b
}

// opener opens a file by the box in its header.
type opener func(Box) (*Keys, error)

var _ age.Identity = opener(nil)

// Unwrap implements age.Identity.
func (o opener) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	keys, err := o(boxOf(stanzas))
	if err != nil {
		return nil, err
	}
	for _, id := range keys.all {
		key, err := id.Unwrap(stanzas)
		if !errors.Is(err, age.ErrIncorrectIdentity) {
			return key, err
		}
	}
	return nil, age.ErrIncorrectIdentity
}

// ByPassphrase opens a file that carries its box by the box's passphrase, for age.Decrypt:
// the error is then Unlock's, or age.ErrIncorrectIdentity for a file without one.
func ByPassphrase(passphrase string) age.Identity {
	return opener(func(b Box) (*Keys, error) {
		if b.Locked == nil {
			return nil, age.ErrIncorrectIdentity
		}
		return Unlock(b.Locked, passphrase)
	})
}

// ByCounty does so by the county's identities.
func ByCounty(county age.Identity) age.Identity {
	return opener(func(b Box) (*Keys, error) {
		if b.County == nil {
			return nil, age.ErrIncorrectIdentity
		}
		return FromCounty(b.County, county)
	})
}

// Carried gives the box that a file carries in its header. false for a file without one.
// *model.Error where it can't be read.
func Carried(r io.Reader) (Box, bool) {
	var found Box
	look := opener(func(b Box) (*Keys, error) {
		found = b
		return nil, age.ErrIncorrectIdentity
	})
	_, err := age.Decrypt(bufio.NewReader(r), look)
	return found, err != nil && found.Locked != nil
}

// CarriedBy is Carried for the file at path.
func CarriedBy(path string) (Box, bool) {
	f, err := os.Open(path)
	if err != nil {
		return Box{}, false
	}
	b, ok := Carried(f)
	if err := f.Close(); err != nil {
		return Box{}, false
	}
	return b, ok
}

// Public gives a box's recipient as a file that `age -R` takes; county is the recipient
// that County was made for, "" for none.
func Public(recipient, county string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# taizhang: 台账按这把公钥加密\n%s%s\n%s\n", countyComment, county, recipient)
	return b.Bytes()
}

const countyComment = "# county: "

// ReadPublic reads what Public has made. *model.Error E-KEYBOX.
func ReadPublic(text []byte) (recipient, county string, err error) {
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		switch {
		case bytes.HasPrefix(line, []byte(countyComment)):
			county = string(bytes.TrimPrefix(line, []byte(countyComment)))
		case len(line) == 0 || line[0] == '#':
		default:
			recipient = string(line)
		}
	}
	if _, err := age.ParseX25519Recipient(recipient); err != nil {
		return "", "", spoilt()
	}
	return recipient, county, nil
}

// Refused tells what age.Decrypt says of a sealed file in words: E-PASSPHRASE and the like
// stay, ErrIncorrectIdentity is another key's file (E-KEY), anything else a damaged one
// (E-KEYBOX).
func Refused(err error, path string) error {
	var known *model.Error
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &none):
		return model.Errorf("E-KEY", "“%s”不是用这本台账的钥匙加密的,打不开", path)
	}
	return model.Errorf("E-KEYBOX", "“%s”不是加密的台账,或者已损坏、没有抄全", path)
}
