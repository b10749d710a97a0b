package bundle

import (
	"strings"
	"time"

	"filippo.io/age"

	"taizhang/model"
)

// The two values of a profile's identity: ID number, phone and address go along,
// or stay at home.
const (
	IdentityWhole = "带"
	IdentityNone  = "不带"
)

// Profile is what a county tells its villages (county.json). It is handed out
// signed, see SealProfile.
type Profile struct {
	Type        string            `json:"type"`   // profileType
	Format      int               `json:"format"` // SealedFormat of the program that made it
	Code        string            `json:"code"`   // the county's own organisation
	Name        string            `json:"name"`
	Version     int               `json:"version"` // from 1; a lower one is never taken over a higher one
	Issued      string            `json:"issued"`  // YYYY-MM-DDThh:mm:ssZ
	Recipient   string            `json:"recipient"`
	PublicKey   string            `json:"public_key"`   // the base64 line that `minisign -P` takes
	Parameters  map[string]string `json:"parameters"`   // limits of the rule packs by name
	DeadlineDay int               `json:"deadline_day"` // of the following month, 1 to 28
	Identity    string            `json:"identity"`     // 带, 不带
	Units       []Unit            `json:"units"`        // the organisations that report; none: not known

	// Level is that of the office: 地市, 省; "" is a county.
	Level string `json:"level,omitempty"`

	// Recoded are the codes that units had before, Retired the units that are no more, for
	// what still names them. Programs that do not know them pass them over.
	Recoded []Recoding `json:"recoded,omitempty"`
	Retired []Unit     `json:"retired,omitempty"`

	// What programs that know of no change of keys pass over; see succession.go.
	KeySince  string      `json:"key_since,omitempty"` // YYYY-MM-DD on which the key was made; "" where nobody noted it
	Former    []FormerKey `json:"former,omitempty"`    // the keys before it, the newest first
	Successor string      `json:"successor,omitempty"` // in one that a former key signs: the exact text of that which the present key has signed
}

// Unit is an organisation on the county's list.
type Unit struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Township string `json:"township"`
	Domain   string `json:"domain"`
	Phone    string `json:"phone"`
}

const profileType = "taizhang-profile"

// SealProfile signs a profile; the result is county.json. Type, Format, PublicKey,
// Recipient and Issued are set from the key and the time.
func SealProfile(p Profile, key *CountyKey, at time.Time) ([]byte, error) {
	p.Type, p.Format = profileType, SealedFormat
	p.Recipient, p.PublicKey = key.Recipient(), key.PublicKey()
	p.Issued = at.UTC().Format(stampLayout)
	if p.Parameters == nil {
		p.Parameters = map[string]string{}
	}
	if p.Units == nil {
		p.Units = []Unit{}
	}
	if why := p.check(); why != "" {
		return nil, model.Errorf("E-PROFILE", "配置文件做不成:%s不对,请核对", why)
	}
	return Seal(p, "county.json", key.Signing, at)
}

// OpenProfile reads county.json. pinned is the public key that was taken in the
// last time, or "" to trust the profile's own. A key is taken for the pinned one's where
// each key since then was announced by the one before it. Of a profile that a former key
// has signed for programs that know no other, that of the present key is given. Errors
// are *model.Error: E-SEAL, E-SIGNATURE, E-PROFILE for content that is not in order or
// of a newer program, E-PROFILE-KEY for another county's, or a key that nobody announced.
func OpenProfile(data []byte, pinned string) (*Profile, error) {
	var p Profile
	if err := Unseal(data, &p, func() string { return p.PublicKey }); err != nil {
		return nil, err
	}
	if p.Type == profileType && p.Format > SealedFormat {
		return nil, model.Errorf("E-PROFILE", "县里的配置文件是用更新的程序做的(格式 %d),请先更新本程序再取入", p.Format)
	}
	if why := p.check(); why != "" {
		return nil, model.Errorf("E-PROFILE", "县里的配置文件里%s不对,请向县(市)委组织部重新要一份", why)
	}
	if p.Successor != "" {
		return openSuccessor(&p, pinned)
	}
	if pinned != "" && !p.succeeds(pinned) {
		return nil, model.Errorf("E-PROFILE-KEY",
			"这份配置文件的密钥(校验数字 %s)与已取入的(%s)不同,没有取入;请打电话与县(市)委组织部核对",
			CheckDigits(p.PublicKey), CheckDigits(pinned))
	}
	return &p, nil
}

// check tells what is wrong with a profile's values; "" for nothing.
func (p *Profile) check() string {
	switch {
	case p.Type != profileType || p.Format < 1:
		return "文件种类"
	case model.CheckOrgCode("", p.Code) != nil || strings.TrimSpace(p.Name) == "":
		return "县里党组织的代码或名称"
	case p.Version < 1:
		return "版本"
	case !validStamp(p.Issued):
		return "签发时间"
	case hidden(p.withoutSealed()):
		return "的文字(有看不见的控制字符)"
	case p.DeadlineDay < 1 || p.DeadlineDay > 28:
		return "报送截止日"
	case p.Level != "" && p.Level != LevelCity && p.Level != LevelProvince:
		return "级别"
	case p.Identity != IdentityWhole && p.Identity != IdentityNone:
		return "身份信息一项"
	}
	if _, err := age.ParseX25519Recipient(p.Recipient); err != nil {
		return "加密公钥"
	}
	if _, err := ParsePublicKey(p.PublicKey); err != nil {
		return "签名公钥"
	}
	if why := p.checkKeys(); why != "" {
		return why
	}
	seen := map[string]bool{}
	for _, u := range p.Units {
		if model.CheckOrgCode("", u.Code) != nil || u.Name == "" || seen[u.Code] {
			return "单位名单(代码“" + model.Clean(u.Code, false) + "”)"
		}
		seen[u.Code] = true
	}
	for _, u := range p.Retired {
		if model.CheckOrgCode("", u.Code) != nil || u.Name == "" {
			return "撤销的单位(代码“" + model.Clean(u.Code, false) + "”)"
		}
	}
	return wrongRecoding(p.Recoded)
}
