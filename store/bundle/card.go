package bundle

import (
	"strings"
	"time"

	"taizhang/model"
)

// CardExtension ends the name of a start card's file.
const CardExtension = ".card.json"

// Card is what a unit needs to begin its ledger without typing (CODE.card.json): who
// it is, and the county's profile. It travels signed, see SealCard.
type Card struct {
	Type     string `json:"type"`   // cardType
	Format   int    `json:"format"` // SealedFormat of the program that made it
	Issued   string `json:"issued"` // YYYY-MM-DDThh:mm:ssZ
	Code     string `json:"code"`
	Name     string `json:"name"`
	Kind     string `json:"kind"` // 组织类别
	Township string `json:"township"`
	Domain   string `json:"domain"`
	County   string `json:"county"`  // 县市
	Profile  string `json:"profile"` // the exact text of county.json
}

const cardType = "taizhang-card"

// CardName gives CODE.card.json.
func CardName(code string) string { return code + CardExtension }

// SealCard signs a start card. Type, Format and Issued are set from the program and
// the time.
func SealCard(c Card, key *CountyKey, at time.Time) ([]byte, error) {
	c.Type, c.Format = cardType, SealedFormat
	c.Issued = at.UTC().Format(stampLayout)
	return Seal(c, CardName(c.Code), key.Signing, at)
}

// OpenCard reads a start card and the profile in it, whose key must have signed both.
// pinned is the county key known already, or "". Errors are *model.Error: those of
// OpenProfile, E-CARD for content that is not in order or of a newer program.
func OpenCard(data []byte, pinned string) (*Card, *Profile, error) {
	var (
		c     Card
		p     *Profile
		wrong error
	)
	err := Unseal(data, &c, func() string {
		if p, wrong = OpenProfile([]byte(c.Profile), pinned); wrong != nil {
			return ""
		}
		return p.PublicKey
	})
	switch {
	case c.Type != cardType:
		return nil, nil, model.Errorf("E-CARD", "这不是启动卡,请选择县里发的、文件名以 %s 结尾的文件", CardExtension)
	case c.Type == cardType && c.Format > SealedFormat:
		return nil, nil, model.Errorf("E-CARD", "这张启动卡是用更新的程序做的(格式 %d),请先更新本程序再用", c.Format)
	case wrong != nil:
		return nil, nil, wrong
	case err != nil:
		return nil, nil, err
	case hidden(c.Name, c.Kind, c.Township, c.Domain, c.County):
		return nil, nil, model.Errorf("E-CARD", "启动卡里有看不见的控制字符,没有取入,请向县(市)委组织部重新要一张")
	case model.CheckOrgCode("", c.Code) != nil || strings.TrimSpace(c.Name) == "" || c.Format < 1 || !validStamp(c.Issued):
		return nil, nil, model.Errorf("E-CARD", "启动卡里单位的代码或名称不对,请向县(市)委组织部重新要一张")
	}
	return &c, p, nil
}
