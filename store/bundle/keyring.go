package bundle

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"filippo.io/age"

	"taizhang/model"
)

// Each gives the key and its former ones, the newest first.
func (k *CountyKey) Each() []*CountyKey { return append([]*CountyKey{k}, k.Former...) }

// Pair gives the key, or the former one, of a public key; nil for none.
func (k *CountyKey) Pair(public string) *CountyKey {
	for _, one := range k.Each() {
		if one.PublicKey() == public {
			return one
		}
	}
	return nil
}

// Use makes the key of a public key the present one and the others its former ones;
// false where the file has none such. A change of keys that was stopped half-way leaves
// a file whose first key the ledger doesn't know yet.
func (k *CountyKey) Use(public string) bool {
	found := k.Pair(public)
	if found == nil {
		return false
	}
	if found == k {
		return true
	}
	first := *k
	first.Former = nil
	rest := slices.DeleteFunc(slices.Clone(k.Former), func(f *CountyKey) bool { return f == found })
	k.Identity, k.Signing, k.Made = found.Identity, found.Signing, found.Made
	k.Former = append([]*CountyKey{&first}, rest...)
	return true
}

// Opener tries every key of a file, and remembers which one opened the last bundle.
type Opener struct {
	key *CountyKey
	By  string // the public key beside the identity that opened it
}

var _ age.Identity = (*Opener)(nil)

// Opener gives the identities of a key and of its former ones as one, for Unwrap.
func (k *CountyKey) Opener() *Opener { return &Opener{key: k} }

// Unwrap implements age.Identity.
func (o *Opener) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	for _, one := range o.key.Each() {
		secret, err := one.Identity.Unwrap(stanzas)
		if errors.Is(err, age.ErrIncorrectIdentity) {
			continue
		}
		if err == nil {
			o.By = one.PublicKey()
		}
		return secret, err
	}
	return nil, age.ErrIncorrectIdentity
}

// secretBytes is the length of what NewCountyKey makes a key of.
const secretBytes = 64

// Secret gives the 64 random bytes that the key was made of, for NewCountyKey. *model.Error
// E-KEY for one that was made otherwise.
func (k *CountyKey) Secret() ([]byte, error) {
	text, err := k.Signing.MarshalText()
	if err != nil {
		return nil, fmt.Errorf("county key: %w", err)
	}
	lines := strings.Fields(string(text))
	raw, err := base64.StdEncoding.DecodeString(lines[len(lines)-1])
	if err != nil || len(raw) < seedAt+ed25519.SeedSize {
		return nil, model.Errorf("E-KEY", "密钥里的签名部分读不懂,印不成纸;请用 taizhang backup 备份")
	}
	secret := append(bech32Data(k.Identity.String()), raw[seedAt:seedAt+ed25519.SeedSize]...)
	if again, err := NewCountyKey(bytes.NewReader(secret)); err != nil || len(secret) != secretBytes ||
		again.PublicKey() != k.PublicKey() || again.Recipient() != k.Recipient() {
		return nil, model.Errorf("E-KEY", "这把密钥不是本程序做的,印不成纸;请用 taizhang backup 备份,或用 taizhang county rekey 换一把新的")
	}
	return secret, nil
}

// seedAt is where the seed begins in minisign's form of a key without a password: behind
// three sorts of two bytes, salt, two limits and the key's number.
const seedAt = 2 + 2 + 2 + 32 + 8 + 8 + 8
