// Package bundle is the format in which a ledger travels to the county: a
// Frictionless tabular data package in a ZIP, signed with minisign and encrypted
// with age. It knows no SQL: rows come in as texts and go out as texts.
//
// The whole is bounded by MaxSize, so that both sides work in memory and no
// personal data is ever put into a temporary file in the clear.
package bundle

import (
	"fmt"
	"strconv"

	"taizhang/model"
)

// Format is the version of the bundle format; a bundle of a newer one is refused. Those of
// the first, which say nothing of contents and sent, are taken for good.
const Format = 2

// SealedFormat is the version of what the county signs for the villages: profile, receipt
// and start card. Members are added to it and never changed, so that older villages go on.
const SealedFormat = 1

// Bounds of a bundle, in bytes.
const (
	MaxSize    = 64 << 20        // of all files together, unpacked, and of the ZIP
	MaxPackage = 4 << 20         // of datapackage.json
	MaxFile    = MaxSize + 1<<20 // of the file, with what encryption adds
)

// The files of a bundle that stand beside data/.
const (
	packageFile   = "datapackage.json"
	signatureFile = "datapackage.json.minisig"
)

// The endings of a bundle's file: encrypted, of sums, and plain (--plain).
const (
	Extension      = ".tzb"
	SumsExtension  = ".tzs"
	PlainExtension = ".zip"
)

// FileName gives CODE_YYYY-MM_NNNN.tzb, or .zip for a plain bundle.
func FileName(code string, month model.Month, sequence int64, plain bool) string {
	ext := Extension
	if plain {
		ext = PlainExtension
	}
	return stem(code, month, sequence) + ext
}

// SumsFileName gives CODE_YYYY-MM_NNNN.tzs, or .zip for a plain bundle.
func SumsFileName(code string, month model.Month, sequence int64, plain bool) string {
	if plain {
		return FileName(code, month, sequence, plain)
	}
	return stem(code, month, sequence) + SumsExtension
}

func stem(code string, month model.Month, sequence int64) string {
	return fmt.Sprintf("%s_%s_%04d", code, month, sequence)
}

var fileName = model.NewPattern(`^([0-9A-Za-z]{6,24})_(\d{4}-\d{2})_(\d{4,12})\.(tzb|tzs|zip)$`)

// ParseFileName reads what a bundle's base name says; ok is false for other files.
func ParseFileName(name string) (code string, month model.Month, sequence int64, ok bool) {
	p := fileName.FindStringSubmatch(name)
	if p == nil || !model.Month(p[2]).Valid() {
		return "", "", 0, false
	}
	n, err := strconv.ParseInt(p[3], 10, 64)
	if err != nil || n < 1 {
		return "", "", 0, false
	}
	return p[1], model.Month(p[2]), n, true
}

// Program is what stands in a bundle as the program that made it; main sets it to
// the name and version.
var Program = "taizhang"
