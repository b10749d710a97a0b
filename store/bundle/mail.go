package bundle

import (
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"taizhang/model"
)

// What the county sends beside its receipts lies in a folder of the stick: the files as
// they are, and the list of them, which is signed.
const (
	MailFolder = "上级来件"
	MailList   = "来件清单.json"
)

// MaxMailFile and MaxMail bound one file that the county sends and all of them, in bytes.
const (
	MaxMailFile = 10 << 20
	MaxMail     = 40 << 20
)

// mailExtensions are the documents that may travel: nothing that runs.
var mailExtensions = []string{".xlsx", ".xls", ".et", ".docx", ".doc", ".wps", ".pdf", ".ofd", ".txt", ".csv", ".png", ".jpg", ".jpeg", ".zip"}

// Mail is the list of what the county sends (来件清单.json). It travels signed, see
// SealMail.
type Mail struct {
	Type      string      `json:"type"`   // mailType
	Format    int         `json:"format"` // Format of the program that made it
	County    string      `json:"county"` // the name of the county's organisation
	PublicKey string      `json:"public_key"`
	Written   string      `json:"written"` // YYYY-MM-DDThh:mm:ssZ
	Files     []MailFile  `json:"files"`   // the newest first
	Quotas    []MailQuota `json:"quotas,omitempty"`
}

// MailQuota is a unit's part of the plans of new members, and the forms that it got.
type MailQuota struct {
	Code  string      `json:"code"`
	Plans map[int]int `json:"plans"` // by year
	Forms []MailForms `json:"forms"`
	Void  []string    `json:"void"` // forms that were spoilt and came back
}

// MailForms are numbers of 入党志愿书, as issued.
type MailForms struct {
	First string `json:"first"`
	Last  string `json:"last"`
	Year  int    `json:"year"`
}

// MailFile is one document.
type MailFile struct {
	Name  string `json:"name"` // base name, see MailName
	Note  string `json:"note"` // what it is, by the county
	Bytes int64  `json:"bytes"`
	Hash  string `json:"hash"`  // SHA-256, hex
	Added string `json:"added"` // YYYY-MM-DDThh:mm:ssZ
}

// Same compares two.
func (m MailQuota) Same(o MailQuota) bool {
	return m.Code == o.Code && maps.Equal(m.Plans, o.Plans) && slices.Equal(m.Forms, o.Forms) && slices.Equal(m.Void, o.Void)
}

// check tells whether the numbers can be, so that nothing absurd is taken in.
func (m MailQuota) check() bool {
	for year, n := range m.Plans {
		if year < 1921 || year > 2200 || n < 0 || n > 10000 {
			return false
		}
	}
	texts := slices.Clone(m.Void)
	for _, f := range m.Forms {
		texts = append(texts, f.First, f.Last)
	}
	return !slices.ContainsFunc(texts, func(t string) bool { return t == "" || len(t) > 40 || hidden(t) }) && len(m.Forms) <= 1000 && len(m.Void) <= 10000
}

const mailType = "taizhang-mail"

// MailName tells whether a document may travel under a name, and gives what to do
// (*model.Error E-MAIL-NAME) where it may not.
func MailName(name string) error {
	switch {
	case name == "" || name != path.Base(name) || strings.ContainsAny(name, `/\:*?"<>|`) || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") ||
		hidden(name) || len(name) > 200 || strings.TrimRight(name, " .") != name || name == MailList:
		return model.Errorf("E-MAIL-NAME", "文件名“%s”用不了,请改成普通的文件名(不带 / \\ : * ? \" < > |)再发", model.Clean(name, false))
	}
	for _, ext := range mailExtensions {
		if strings.EqualFold(path.Ext(name), ext) {
			return nil
		}
	}
	return model.Errorf("E-MAIL-NAME", "“%s”这种文件不能下发,能下发的是文档和表格:%s", model.Clean(name, false), strings.Join(mailExtensions, " "))
}

// SealMail signs the list. Type, Format, PublicKey and Written are set from the program,
// the key and the time.
func SealMail(m Mail, key *CountyKey, at time.Time) ([]byte, error) {
	m.Type, m.Format, m.PublicKey = mailType, Format, key.PublicKey()
	m.Written = at.UTC().Format(stampLayout)
	if m.Files == nil {
		m.Files = []MailFile{}
	}
	return Seal(m, MailList, key.Signing, at)
}

// OpenMail reads a list that the county with the pinned key has signed. Errors are
// *model.Error: E-SEAL, E-SIGNATURE, E-MAIL for content that is not in order or of a
// newer program, E-MAIL-KEY for another county's or
// another key's, which is given then.
func OpenMail(data []byte, pinned string) (*Mail, error) {
	var m Mail
	if err := Unseal(data, &m, func() string { return m.PublicKey }); err != nil {
		return nil, err
	}
	switch {
	case m.PublicKey != pinned:
		return &m, model.Errorf("E-MAIL-KEY", "U盘里的“%s”不是本县发的(校验数字 %s,本县的是 %s),没有取入;请打电话与县(市)委组织部核对",
			MailFolder, CheckDigits(m.PublicKey), CheckDigits(pinned))
	case m.Type == mailType && m.Format > Format:
		return nil, model.Errorf("E-MAIL", "U盘里的“%s”是用更新的程序做的(格式 %d),请先更新本程序再取入", MailFolder, m.Format)
	case m.Type != mailType || hidden(m.County) || !validStamp(m.Written):
		return nil, model.Errorf("E-MAIL", "“%s”不是县里发的来件清单,没有取入", MailList)
	}
	if slices.ContainsFunc(m.Quotas, func(q MailQuota) bool { return !q.check() }) {
		return nil, model.Errorf("E-MAIL", "来件清单里的发展党员计划写得不对,没有取入;请向县(市)委组织部重新要一份")
	}
	total := int64(0)
	for _, f := range m.Files {
		total += max(f.Bytes, 0)
		if MailName(f.Name) != nil || f.Bytes < 0 || f.Bytes > MaxMailFile || !hexForm.MatchString(f.Hash) || !validStamp(f.Added) || hidden(f.Note) {
			return nil, model.Errorf("E-MAIL", "来件清单里有一个文件写得不对(“%s”),都没有取入;请向县(市)委组织部重新要一份", model.Clean(f.Name, false))
		}
	}
	if total > MaxMail {
		return nil, model.Errorf("E-MAIL", "来件太大,没有取入;请向县(市)委组织部说明")
	}
	return &m, nil
}
