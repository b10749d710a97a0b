package main

import (
	"context"
	"runtime/debug"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/send"
)

func (m *Main) exportCommand() *cobra.Command {
	var (
		month, out                 string
		plain, allowErrors, asJSON bool
	)
	c := &cobra.Command{
		Use:   "export",
		Short: "导出一个月的报送包",
		Long:  "导出一个月的报送包:加密并签名,只有县里能打开。还有错误没有改正时不导出(--allow-errors 带着错误导出,包里会列明)。",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			defer thrifty()()
			return m.withLedger(cmd.Context(), false, func(l *store.Ledger) error {
				mon, err := parseMonth(month, l.Source().Today())
				if err != nil {
					return err
				}
				if err := m.warnOfLost(cmd.Context(), l, mon); err != nil {
					return err
				}
				if plain { // it holds whole numbers, and anybody can open it
					why := purpose{"自己检查", "不交出去"}
					if err := why.note(cmd.Context(), l, "不加密的报送包:"+mon.Chinese(), out); err != nil {
						return err
					}
				}
				sent, err := send.Export(cmd.Context(), l, send.Options{Month: mon, Dir: out, Plain: plain, AllowErrors: allowErrors})
				if err != nil {
					return err
				}
				if asJSON {
					return writeJSON(m.Stdout, sentJSON(sent))
				}
				m.sayf("已导出:%s", sent.Path)
				m.sayf("月份 %s,序号 %d,大小 %d 字节", sent.Month.Chinese(), sent.Sequence, sent.Size)
				m.sayf("校验码 %s", sent.FileHash)
				if sent.Problems > 0 {
					m.sayf("随包列明的问题 %d 条(用 taizhang check 查看)", sent.Problems)
				}
				if plain {
					m.sayf("注意:这个文件没有加密,任何人都能打开,请不要交出去或留在 U 盘上")
				}
				return nil
			})
		},
	}
	f := c.Flags()
	f.StringVar(&month, "month", "", "月份,例如 2026-10(不写用本月)")
	f.StringVar(&out, "out", ".", "写到这个文件夹")
	f.BoolVar(&plain, "plain", false, "不加密(只用于自己检查)")
	f.BoolVar(&allowErrors, "allow-errors", false, "有错误也导出,错误列在包里")
	f.BoolVar(&asJSON, "json", false, "结果写成 JSON")
	return c
}

// thrifty lets the garbage of a command that goes through very many records be collected
// sooner, and what was once needed be given back: the laptops have little memory. It gives
// what ends that.
func thrifty() (end func()) {
	usual, limit := debug.SetGCPercent(50), debug.SetMemoryLimit(thriftyAim)
	return func() {
		debug.SetGCPercent(usual)
		debug.SetMemoryLimit(limit)
	}
}

// thriftyAim is what such a command is to have, in bytes, beside SQLite's share: half as much
// again as it holds of a hundred thousand persons.
const thriftyAim = 96 << 20

// warnOfLost says before the export what the county will ask about.
func (m *Main) warnOfLost(ctx context.Context, l *store.Ledger, month model.Month) error {
	lost, err := send.LostSince(ctx, l, month)
	if err != nil || lost.None() {
		return err
	}
	m.tellf("注意:这次比上次%s。县里会先不收,打电话来问(待核实)。%s\n", lost.Text(l.Kinds()), send.WhatToDo)
	return nil
}

type sentResult struct {
	Path     string         `json:"path"`
	File     string         `json:"file"`
	Month    model.Month    `json:"month"`
	Sequence int64          `json:"sequence"`
	Hash     string         `json:"hash"`
	FileHash string         `json:"file_hash"`
	Size     int64          `json:"size"`
	Counts   map[string]int `json:"counts"`
	Problems int            `json:"problems"`
}

func sentJSON(s send.Sent) sentResult {
	return sentResult{s.Path, s.File, s.Month, s.Sequence, s.Hash, s.FileHash, s.Size, s.Counts, s.Problems}
}
