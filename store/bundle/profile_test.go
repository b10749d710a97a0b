package bundle_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"taizhang/store/bundle"
)

func profile() bundle.Profile {
	return bundle.Profile{Code: "990101", Name: "中共澄安县委组织部", Version: 2, DeadlineDay: 5, Identity: bundle.IdentityWhole,
		Parameters: map[string]string{"x": "1"}, Units: []bundle.Unit{{Code: "990101001", Name: "石桥村党支部", Township: "石桥镇"}}}
}

// resealed changes the signed text and signs it with the key again.
func resealed(t *testing.T, data []byte, key *bundle.CountyKey, change func(text string) string) []byte {
	t.Helper()
	var s bundle.Sealed
	must(t, json.Unmarshal(data, &s))
	var v any
	must(t, json.Unmarshal([]byte(change(s.Signed)), &v))
	out, err := bundle.Seal(v, "county.json", key.Signing, noon)
	must(t, err)
	return out
}

func TestProfile(t *testing.T) {
	key, other := countyKey(t, 3), countyKey(t, 4)
	good, err := bundle.SealProfile(profile(), key, noon)
	must(t, err)
	p, err := bundle.OpenProfile(good, "")
	must(t, err)
	if p.Recipient != key.Recipient() || p.PublicKey != key.PublicKey() || p.Issued != "2026-10-31T12:00:00Z" || p.Units[0].Township != "石桥镇" {
		t.Errorf("got %+v", p)
	}
	replaced := func(old, text string) []byte {
		return resealed(t, good, key, func(s string) string { return strings.Replace(s, old, text, 1) })
	}
	cases := []struct {
		name, pinned, want string
		data               []byte
	}{
		{"the pinned key's", key.PublicKey(), "", good},
		{"with a mark before, from an editor", "", "", append([]byte("\ufeff"), good...)},
		{"with what a newer program adds", "", "", replaced(`"version": 2`, `"version": 2, "colour": {"red": [1, null]}`)},
		{"another key's", other.PublicKey(), "E-PROFILE-KEY", good},
		{"the text changed", "", "E-SIGNATURE", bytes.Replace(good, []byte(`\"version\": 2`), []byte(`\"version\": 9`), 1)},
		{"signed by another", "", "E-SIGNATURE", resealed(t, good, other, func(s string) string { return s })},
		{"a key of another case", "", "E-SEAL", replaced(`"version"`, `"Version"`)},
		{"no version", "", "E-SEAL", replaced(`"version": 2,`, ``)},
		{"version 0", "", "E-PROFILE", replaced(`"version": 2`, `"version": 0`)},
		{"another sort of text", "", "E-PROFILE", replaced("taizhang-profile", "taizhang-receipt")},
		{"a newer format", "", "E-PROFILE", replaced(`"format": 1`, `"format": 2`)},
		{"day 31", "", "E-PROFILE", replaced(`"deadline_day": 5`, `"deadline_day": 31`)},
		{"identity perhaps", "", "E-PROFILE", replaced(`"identity": "带"`, `"identity": "也许"`)},
		{"a broken recipient", "", "E-PROFILE", replaced(`"recipient": "age1`, `"recipient": "age2`)},
		{"a unit without a code", "", "E-PROFILE", replaced("990101001", "")},
		{"nothing", "", "E-SEAL", nil},
		{"not JSON", "", "E-SEAL", []byte("姓名,性别")},
		{"the bare profile", "", "E-SEAL", []byte(`{"name":"x"}`)},
		{"two keys", "", "E-SEAL", []byte(`{"signed":"{}","signed":"{}","signature":""}`)},
		{"far too large", "", "E-SEAL", make([]byte, bundle.MaxSealed+1)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := bundle.OpenProfile(c.data, c.pinned); code(err) != c.want {
				t.Errorf("got %v", err)
			}
		})
	}
	bad := profile()
	bad.Units = append(bad.Units, bad.Units[0])
	if _, err := bundle.SealProfile(bad, key, noon); code(err) != "E-PROFILE" {
		t.Errorf("a unit twice: %v", err)
	}
}
