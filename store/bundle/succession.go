package bundle

import (
	"slices"
	"time"

	"taizhang/model"
)

// A county's key may change. Each key that is still there announces the next one in a
// statement that it signs; the profile carries these statements, so that a village which
// has pinned any of them follows without a word. A key that was lost announces nothing:
// then two people compare the check digits.

// FormerKey is a county's key that has been replaced.
type FormerKey struct {
	PublicKey string `json:"public_key"` // the base64 line that `minisign -P` takes
	Until     string `json:"until"`      // YYYY-MM-DD on which the next one took its place
	Lost      bool   `json:"lost,omitempty"`
	// Announced is what it said of the next one: a Sealed text of a succession; "" for a
	// key that was lost.
	Announced string `json:"announced,omitempty"`
}

// succession is what a key says of the one that takes its place.
type succession struct {
	Type      string `json:"type"`       // successionType
	Code      string `json:"code"`       // the county's own organisation
	PublicKey string `json:"public_key"` // that signs this
	Next      string `json:"next"`       // the public key that takes its place
	Day       string `json:"day"`        // YYYY-MM-DD
}

const successionType = "taizhang-succession"

// Announce lets a key say which one takes its place, for the profile of the county with
// the code.
func Announce(old *CountyKey, code, next string, at time.Time) (FormerKey, error) {
	day := at.Format(time.DateOnly)
	text, err := Seal(succession{successionType, code, old.PublicKey(), next, day}, "succession.json", old.Signing, at)
	if err != nil {
		return FormerKey{}, err
	}
	return FormerKey{PublicKey: old.PublicKey(), Until: day, Announced: string(text)}, nil
}

// announces tells whether a former key has named the next one.
func (f FormerKey) announces(code, next string) bool {
	if f.Lost || f.Announced == "" {
		return false
	}
	var s succession
	if Unseal([]byte(f.Announced), &s, func() string { return s.PublicKey }) != nil {
		return false
	}
	return s.Type == successionType && s.Code == code && s.PublicKey == f.PublicKey && s.Next == next
}

// succeeds tells whether the profile's key is the pinned one, or came from it by
// announcements alone.
func (p *Profile) succeeds(pinned string) bool {
	return p.PublicKey == pinned || slices.Contains(p.Announced(), pinned)
}

// Announced gives the former keys from which the present one came by announcements alone,
// the newest first.
func (p *Profile) Announced() []string {
	var all []string
	next := p.PublicKey
	for _, f := range p.Former {
		if !f.announces(p.Code, next) {
			break
		}
		next = f.PublicKey
		all = append(all, next)
	}
	return all
}

// checkKeys tells what is wrong with what a profile says of keys; "" for nothing.
func (p *Profile) checkKeys() string {
	if p.KeySince != "" && !validDay(p.KeySince) {
		return "密钥的日期"
	}
	for _, f := range p.Former {
		if _, err := ParsePublicKey(f.PublicKey); err != nil || !validDay(f.Until) {
			return "以前的公钥"
		}
	}
	return ""
}

func validDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// withoutSealed gives a profile without the texts that were sealed by themselves: these
// have line ends.
func (p *Profile) withoutSealed() Profile {
	bare := *p
	bare.Successor = ""
	bare.Former = slices.Clone(p.Former)
	for i := range bare.Former {
		bare.Former[i].Announced = ""
	}
	return bare
}

// openSuccessor gives the profile of the present key out of one that a former key has
// signed. That key must be one from which the present one came.
func openSuccessor(outer *Profile, pinned string) (*Profile, error) {
	p, err := OpenProfile([]byte(outer.Successor), pinned)
	if err != nil {
		return nil, err
	}
	if p.Successor != "" || p.Code != outer.Code || !slices.Contains(p.Announced(), outer.PublicKey) {
		return nil, model.Errorf("E-PROFILE", "县里的配置文件里新旧密钥接不上,请向县(市)委组织部重新要一份")
	}
	return p, nil
}

// ProfileFile gives county.json as the county hands it out. standing is what the present
// key has signed. Where a key before it is still on hand and has announced it, the file
// is one that this key signs, with the same content, its own recipient, and standing
// inside: programs that know of no change of keys take it as before, and the others the
// one inside. The same standing and key give the same bytes.
func ProfileFile(standing []byte, key *CountyKey) ([]byte, error) {
	p, err := OpenProfile(standing, "")
	if err != nil {
		return nil, err
	}
	var oldest *CountyKey
	for _, public := range p.Announced() {
		if one := key.Pair(public); one != nil {
			oldest = one
		}
	}
	if oldest == nil {
		return standing, nil
	}
	issued, err := time.Parse(stampLayout, p.Issued)
	if err != nil {
		return nil, model.Errorf("E-PROFILE", "配置文件的签发时间读不出,请重新签发(taizhang county set)")
	}
	outer := *p
	outer.Former, outer.KeySince, outer.Successor = nil, "", string(standing)
	return SealProfile(outer, oldest, issued)
}

// StandingProfile gives what the present key has signed out of county.json: what a ledger
// keeps.
func StandingProfile(file []byte) []byte {
	var p Profile
	if Unseal(file, &p, func() string { return p.PublicKey }) != nil || p.Successor == "" {
		return file
	}
	return []byte(p.Successor)
}
