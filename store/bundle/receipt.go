package bundle

import (
	"bytes"
	"regexp"
	"time"

	"aead.dev/minisign"

	"taizhang/model"
)

// ReceiptExtension ends the name of a receipt's file.
const ReceiptExtension = ".receipt.json"

// MaxReceiptProblems bounds the problems listed in a receipt.
const MaxReceiptProblems = 5000

// Receipt is the county's answer to one bundle (ReceiptName). It travels signed, see
// SealReceipt.
type Receipt struct {
	Type         string           `json:"type"`   // receiptType
	Format       int              `json:"format"` // SealedFormat of the program that made it
	County       string           `json:"county"` // the name of the county's organisation
	PublicKey    string           `json:"public_key"`
	Issued       string           `json:"issued"` // YYYY-MM-DDThh:mm:ssZ
	Organization Organization     `json:"organization"`
	Month        model.Month      `json:"month"`
	Sequence     int64            `json:"sequence"`
	Hash         string           `json:"hash"`     // SHA-256 of the bundle's datapackage.json, hex
	Handled      string           `json:"handled"`  // when the county handled the bundle
	Number       int64            `json:"number"`   // in the county's book; a later answer has a higher one
	Verdict      string           `json:"verdict"`  // 已接收, 有问题, 被退回; once opened also 待核实
	Reason       string           `json:"reason"`   // why it was refused, in words for the village
	Unknown      []string         `json:"unknown"`  // columns kept out: KIND.column
	Problems     []ReceiptProblem `json:"problems"` // at most MaxReceiptProblems
	More         int              `json:"more"`     // problems beyond those listed

	// Waiting tells that nothing is in yet and that the county asks first (待核实). Such a
	// receipt travels as one that refuses, which programs that do not know it understand.
	Waiting bool `json:"waiting,omitempty"`

	// Code is that of the fault for which it was refused, e.g. E-FORK. Programs that do not
	// know it pass it over.
	Code string `json:"code,omitempty"`

	// Differences are what the list of the national system says differently, at most
	// MaxReceiptProblems. Programs that do not know them pass them over.
	Differences     []ReceiptDifference `json:"differences,omitempty"`
	MoreDifferences int                 `json:"more_differences,omitempty"`

	// Recoded are the codes that the organisation had before; Organization has the present
	// one. Programs that do not know it go on with the old one, which the county knows.
	Recoded []Recoding `json:"recoded,omitempty"`
}

// Recoding is a code that an organisation had, and the one that it has now.
type Recoding struct {
	OrgID string     `json:"org_id"` // of the organisation, "" where the county never met it
	Old   string     `json:"old"`
	New   string     `json:"new"`
	On    model.Date `json:"on"` // from this day on the old one holds no more
}

// The verdicts of a receipt.
const (
	VerdictAccepted = "已接收" // everything is in
	VerdictPartly   = "有问题" // in, with problems that Problems names
	VerdictRefused  = "被退回" // nothing is in
	VerdictWaiting  = "待核实" // nothing is in yet: what it would take away is asked about first
)

// ReceiptProblem is one thing that is wrong in a bundle.
type ReceiptProblem struct {
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Label    string `json:"label"` // of the record, "" where it has none
	Field    string `json:"field"` // "" for the whole record
	Code     string `json:"code"`
	Severity string `json:"severity"` // error, warning
	Effect   string `json:"effect"`   // 未收入, 已清空, 已更正, or "" for what only rules find
	Message  string `json:"message"`
}

// ReceiptDifference is one thing that the list of the national system says differently
// from what the village has sent. A receipt travels open: no ID number, phone or address
// is in it.
type ReceiptDifference struct {
	Sort    string `json:"sort"` // differs, only_theirs, only_ours
	Kind    string `json:"kind"`
	ID      string `json:"id"`      // of the record, "" where the village has none
	Label   string `json:"label"`   // the person's name
	Field   string `json:"field"`   // of the record
	Title   string `json:"title"`   // what is compared, e.g. 民族
	Ours    string `json:"ours"`    // the village's, "" where it may not travel open
	Theirs  string `json:"theirs"`  // the list's, likewise
	Message string `json:"message"` // a sentence that says it
}

// wrongRecoding tells what is wrong among codes that organisations had; "" for nothing.
func wrongRecoding(all []Recoding) string {
	for _, c := range all {
		if model.CheckOrgCode("", c.Old) != nil || model.CheckOrgCode("", c.New) != nil || !c.On.Valid() {
			return "换了的组织代码(“" + model.Clean(c.Old, false) + "”)"
		}
	}
	return ""
}

const receiptType = "taizhang-receipt"

// receiptHash is how many hex digits of a bundle's hash stand in its receipt's name: two
// copies of a ledger give their bundles the same number.
const receiptHash = 8

// ReceiptName gives CODE_YYYY-MM_NNNN_XXXXXXXX.receipt.json, the last part from the hash of
// the bundle's datapackage.json (hex). Whose answer a receipt is its content says alone.
func ReceiptName(code string, month model.Month, sequence int64, hash string) string {
	return stem(code, month, sequence) + "_" + hash[:min(len(hash), receiptHash)] + ReceiptExtension
}

var receiptName = model.NewPattern(`^(.+?)(?:_[0-9a-f]{8})?` + regexp.QuoteMeta(ReceiptExtension) + `$`)

// ParseReceiptName reads what a receipt's base name says, also that of an earlier program,
// which had no hash in it; ok is false for other files.
func ParseReceiptName(name string) (code string, month model.Month, sequence int64, ok bool) {
	p := receiptName.FindStringSubmatch(name)
	if p == nil {
		return "", "", 0, false
	}
	return ParseFileName(p[1] + Extension)
}

// SealReceipt signs a receipt. Type, Format, PublicKey and Issued are set from the
// key and the time; problems beyond the bound are only counted.
func SealReceipt(r Receipt, key *CountyKey, at time.Time) ([]byte, error) {
	r.Type, r.Format, r.PublicKey = receiptType, SealedFormat, key.PublicKey()
	r.Issued = at.UTC().Format(stampLayout)
	if r.Verdict == VerdictWaiting {
		r.Verdict, r.Waiting = VerdictRefused, true
	}
	if n := len(r.Problems); n > MaxReceiptProblems {
		r.Problems, r.More = r.Problems[:MaxReceiptProblems], n-MaxReceiptProblems
	}
	if n := len(r.Differences); n > MaxReceiptProblems {
		r.Differences, r.MoreDifferences = r.Differences[:MaxReceiptProblems], n-MaxReceiptProblems
	}
	if r.Problems == nil {
		r.Problems = []ReceiptProblem{}
	}
	if r.Unknown == nil {
		r.Unknown = []string{}
	}
	return Seal(r, ReceiptName(r.Organization.Code, r.Month, r.Sequence, r.Hash), key.Signing, at)
}

// OpenReceipt reads a receipt that the county with the pinned key has signed. What it
// says of records comes without hidden characters (model.Clean). Errors
// are *model.Error: E-SEAL, E-SIGNATURE, E-RECEIPT for content that is not in order
// or of a newer program, E-RECEIPT-KEY for another county's.
func OpenReceipt(data []byte, pinned string) (*Receipt, error) {
	var r Receipt
	if err := Unseal(data, &r, func() string { return r.PublicKey }); err != nil {
		return nil, err
	}
	switch {
	case !asSealed(data):
		return nil, model.Errorf("E-SIGNATURE", "文件与签发时不完全一样,可能被改动过,请向县(市)委组织部重新要一份")
	case r.PublicKey != pinned:
		return nil, model.Errorf("E-RECEIPT-KEY", "这份回执不是本县签发的(校验数字 %s,本县的是 %s),没有取入;请打电话与县(市)委组织部核对",
			CheckDigits(r.PublicKey), CheckDigits(pinned))
	case r.Type == receiptType && r.Format > SealedFormat:
		return nil, model.Errorf("E-RECEIPT", "这份回执是用更新的程序做的(格式 %d),请先更新本程序再取入", r.Format)
	case r.Type != receiptType || !r.Month.Valid() || r.Month < firstMonth || r.Month > lastMonth || r.Sequence < 1 || !hexForm.MatchString(r.Hash) || !validStamp(r.Issued),
		r.Verdict != VerdictAccepted && r.Verdict != VerdictPartly && r.Verdict != VerdictRefused:
		return nil, model.Errorf("E-RECEIPT", "这不是报送包的回执,请选择县里发回的文件(文件名以 %s 结尾)", ReceiptExtension)
	}
	if why := wrongRecoding(r.Recoded); why != "" {
		return nil, model.Errorf("E-RECEIPT", "回执里%s不对,没有取入,请向县(市)委组织部重新要一份", why)
	}
	if hidden(r.County, r.Organization) {
		return nil, model.Errorf("E-RECEIPT", "回执里的名称有看不见的控制字符,没有取入,请向县(市)委组织部重新要一份")
	}
	cleanTexts(&r)
	if r.Waiting && r.Verdict == VerdictRefused {
		r.Verdict = VerdictWaiting
	}
	return &r, nil
}

// asSealed compares a file with the one form in which Seal writes it: the blanks
// between the members and minisign's first comment are signed by nobody.
func asSealed(data []byte) bool {
	var s Sealed
	var signature minisign.Signature
	if decodeStrict(data, &s) != nil || signature.UnmarshalText([]byte(s.Signature)) != nil {
		return false
	}
	signature.UntrustedComment = untrustedComment(signature.KeyID)
	s.Signature = signature.String()
	again, err := marshal(s)
	return err == nil && bytes.Equal(again, data)
}
