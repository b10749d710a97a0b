package bundle

import (
	"errors"
	"slices"

	"filippo.io/age"
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
