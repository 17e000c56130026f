<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>IloGis</name>
    <message>
        <source>A sheet for each block</source>
        <translation>Una lámina por manzana</translation>
    </message>
    <message>
        <source>A sheet for each lot</source>
        <translation>Una lámina por lote</translation>
    </message>
    <message>
        <source>Alternative</source>
        <translation>Alternativa</translation>
    </message>
    <message>
        <source>Area table</source>
        <translation>Cuadro general de áreas</translation>
    </message>
    <message>
        <source>Areas and measures</source>
        <translation>Área y medidas</translation>
    </message>
    <message>
        <source>Block {}</source>
        <translation>Manzana {}</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Departamento</translation>
    </message>
    <message>
        <source>District</source>
        <translation>Distrito</translation>
    </message>
    <message>
        <source>Draws a plan at a round scale, with grid, legend, tables, location and stamp. Blocks and lots get a sheet each: those named, else those selected, else all. Without a project file the plan that is open is drawn, as it is on the screen. Boxes of the stamp left empty are filled in by hand.</source>
        <translation>Dibuja un plan a una escala redonda, con cuadrícula, leyenda, cuadros, ubicación y membrete. Cada manzana o lote tiene su lámina: los nombrados; si no, los seleccionados; si no, todos. Sin archivo de proyecto se dibuja el plan abierto, tal como está en la pantalla. Las casillas del membrete que queden vacías se llenan a mano.</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Leyenda</translation>
    </message>
    <message>
        <source>Lot {} of block {}</source>
        <translation>Plano de ubicación: lote {} de la manzana {}</translation>
    </message>
    <message>
        <source>Lots</source>
        <translation>Lotes</translation>
    </message>
    <message>
        <source>Lots of the block</source>
        <translation>Lotes de la manzana</translation>
    </message>
    <message>
        <source>Only these blocks or lots, separated by commas</source>
        <translation>Solo estas manzanas o lotes, separados por comas</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papel</translation>
    </message>
    <message>
        <source>Perimeter plan</source>
        <translation>Plano perimétrico</translation>
    </message>
    <message>
        <source>Plans to PDF…</source>
        <translation>Planos en PDF…</translation>
    </message>
    <message>
        <source>Print sheets to PDF</source>
        <translation>Imprimir planos en PDF</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Proyecto</translation>
    </message>
    <message>
        <source>Project file (empty: the plan that is open)</source>
        <translation>Archivo del proyecto (vacío: el plan abierto)</translation>
    </message>
    <message>
        <source>Province</source>
        <translation>Provincia</translation>
    </message>
    <message>
        <source>SCHEMATIC: this is no survey</source>
        <translation>ESQUEMÁTICO: no es levantamiento</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Lámina</translation>
    </message>
    <message>
        <source>The sheets are in {}.</source>
        <translation>Las láminas están en {}.</translation>
    </message>
    <message>
        <source>Sheets</source>
        <translation>Láminas</translation>
    </message>
    <message>
        <source>Sides</source>
        <translation>Lados</translation>
    </message>
    <message>
        <source>Sides and neighbours</source>
        <translation>Linderos y colindantes</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Terreno</translation>
    </message>
    <message>
        <source>Street and lot layout plan</source>
        <translation>Plano de trazado y lotización</translation>
    </message>
    <message>
        <source>The plan has no {}. Its ids are like {}.</source>
        <translation>El plan no tiene {}. Sus códigos son como {}.</translation>
    </message>
    <message>
        <source>The plan lacks the layers {}. Open a project of Ilo GIS, or choose its file.</source>
        <translation>Al plan le faltan las capas {}. Abra un proyecto de Ilo GIS o elija su archivo.</translation>
    </message>
    <message>
        <source>UTM zone</source>
        <translation>UTM zona</translation>
    </message>
    <message>
        <source>Vertex table</source>
        <translation>Cuadro de datos técnicos</translation>
    </message>
    <message>
        <source>Vertices</source>
        <translation>Vértices</translation>
    </message>
    <message>
        <source>Zones and their areas</source>
        <translation>Zonas y sus áreas</translation>
    </message>
    <message>
        <source>Zoning plan</source>
        <translation>Plano de zonificación</translation>
    </message>
    <message>
        <source>«{}» could not be written. Is it open in another program?</source>
        <translation>No se pudo escribir «{}». ¿Está abierto en otro programa?</translation>
    </message>
</context>
</TS>
