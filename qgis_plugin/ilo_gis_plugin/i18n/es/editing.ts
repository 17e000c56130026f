<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>IloGis</name>
    <message>
        <source>Taken back: {}.</source>
        <translation>Se deshizo: {}.</translation>
    </message>
    <message>
        <source>Done again: {}.</source>
        <translation>Se rehízo: {}.</translation>
    </message>
    <message>
        <source>{} is saved or discarded already in {}: there it stays.</source>
        <translation>«{}» ya está guardado o descartado en {}: allí queda como está.</translation>
    </message>
    <message>
        <source>QGIS did not take the changes of «{}».</source>
        <translation>QGIS no aceptó los cambios de «{}».</translation>
    </message>
    <message>
        <source>«{}» has no field {}. Make the layer again with the present version of Ilo GIS.</source>
        <translation>«{}» no tiene el campo {}. Vuelva a crear la capa con la versión actual de Ilo GIS.</translation>
    </message>
    <message>
        <source>A geometry of {} parts does not go into a layer of {}.</source>
        <translation>Una geometría de {} partes no cabe en una capa de tipo {}.</translation>
    </message>
    <message>
        <source>Transaction groups of the project (Project Properties &gt; Data Sources) do not go with steps that are taken back on several layers. Switch them off.</source>
        <translation>Los grupos de transacciones del proyecto (Propiedades del proyecto &gt; Fuentes de datos) no permiten deshacer un paso en varias capas a la vez. Desactívelos.</translation>
    </message>
    <message>
        <source>Now in edit mode: {}.</source>
        <translation>Capas puestas en edición: {}.</translation>
    </message>
    <message>
        <source>{} cannot be edited: ask for the right to.</source>
        <translation>{} no se puede editar: pida permiso para hacerlo.</translation>
    </message>
    <message>
        <source>That was not done; nothing was changed.</source>
        <translation>No se hizo; nada ha cambiado.</translation>
    </message>
    <message>
        <source>There is no layer of {}. Add it to the project, or open the project again.</source>
        <translation>No hay capa de {}. Agréguela al proyecto o vuelva a abrirlo.</translation>
    </message>
    <message>
        <source>In «{}» ids ({}) are missing or stand twice. Mend them in the table of the layer.</source>
        <translation>En «{}» faltan identificadores ({}) o están repetidos. Corríjalos en la tabla de la capa.</translation>
    </message>
    <message>
        <source>Not so:</source>
        <translation>Así no se puede:</translation>
    </message>
    <message>
        <source>{}: there are {} new findings.</source>
        <translation>{}: observaciones nuevas: {}.</translation>
    </message>
    <message>
        <source>Merge lots</source>
        <translation>Unir lotes</translation>
    </message>
    <message>
        <source>Click the first lot to merge.</source>
        <translation>Haga clic en el primer lote por unir.</translation>
    </message>
    <message>
        <source>Click: more lots. Enter: merge. Esc: cancel.</source>
        <translation>Clic: más lotes. Intro: unir. Esc: cancelar.</translation>
    </message>
    <message>
        <source>Ilo GIS – Editing</source>
        <translation>Ilo GIS – Edición</translation>
    </message>
    <message>
        <source>Unsaved edits could not be kept aside.</source>
        <translation>No se pudo guardar aparte la copia de los cambios sin guardar.</translation>
    </message>
    <message>
        <source>There are edits that were not saved when QGIS stopped.</source>
        <translation>Hay cambios que no se guardaron cuando QGIS se interrumpió.</translation>
    </message>
    <message>
        <source>Edits that were not saved when QGIS stopped do not fit any more: {}</source>
        <translation>Hay cambios que no se guardaron cuando QGIS se interrumpió, pero ya no corresponden: {}</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>Recuperar</translation>
    </message>
    <message>
        <source>cutting zones</source>
        <translation>recortando zonas</translation>
    </message>
    <message>
        <source>moving the line</source>
        <translation>moviendo la línea</translation>
    </message>
    <message>
        <source>zones of lots</source>
        <translation>zonas de los lotes</translation>
    </message>
    <message>
        <source>Draw a street</source>
        <translation>Trazar una vía</translation>
    </message>
    <message>
        <source>Width of the street</source>
        <translation>Ancho de la vía</translation>
    </message>
    <message>
        <source>Click where the street begins.</source>
        <translation>Haga clic donde empieza la vía.</translation>
    </message>
    <message>
        <source>Click: vertex. Double or right click: end.</source>
        <translation>Clic: vértice. Doble clic o derecho: fin.</translation>
    </message>
    <message>
        <source>Move or give up a street</source>
        <translation>Mover o suprimir una vía</translation>
    </message>
    <message>
        <source>Drag a street or its vertex.</source>
        <translation>Arrastre una vía o uno de sus vértices.</translation>
    </message>
    <message>
        <source>Let go: move it. Esc: cancel.</source>
        <translation>Suelte: mover. Esc: cancelar.</translation>
    </message>
    <message>
        <source>Drag: move it. Delete: give it up.</source>
        <translation>Arrastrar: mover. Supr: suprimir la vía.</translation>
    </message>
    <message>
        <source>Delete or Enter: give it up. Esc: cancel.</source>
        <translation>Supr o Intro: suprimir. Esc: cancelar.</translation>
    </message>
    <message>
        <source>Divide a block</source>
        <translation>Lotizar una manzana</translation>
    </message>
    <message>
        <source>Divide</source>
        <translation>Lotizar</translation>
    </message>
    <message>
        <source>by the rule of the project</source>
        <translation>según la norma del proyecto</translation>
    </message>
    <message>
        <source>into a number of lots</source>
        <translation>en un número de lotes</translation>
    </message>
    <message>
        <source>by areas</source>
        <translation>por áreas</translation>
    </message>
    <message>
        <source>by a line</source>
        <translation>por una línea</translation>
    </message>
    <message>
        <source>Areas (m²)</source>
        <translation>Áreas (m²)</translation>
    </message>
    <message>
        <source>Direction of the rows</source>
        <translation>Eje de las filas</translation>
    </message>
    <message>
        <source>Direction of the rows: {}</source>
        <translation>Eje de las filas: {}</translation>
    </message>
    <message>
        <source>as it comes</source>
        <translation>automático</translation>
    </message>
    <message>
        <source>Click the block to divide.</source>
        <translation>Haga clic en la manzana por lotizar.</translation>
    </message>
    <message>
        <source>Enter: divide. Handle: turn. Esc: cancel.</source>
        <translation>Intro: lotizar. Asa: girar. Esc: cancelar.</translation>
    </message>
    <message>
        <source>Turn the rows. Esc: cancel.</source>
        <translation>Gire el eje. Esc: cancelar.</translation>
    </message>
    <message>
        <source>There is no plan to edit. Open a project of Ilo GIS, or plan a site.</source>
        <translation>No hay un plan que editar. Abra un proyecto de Ilo GIS o planifique un terreno.</translation>
    </message>
    <message>
        <source>Reserves: {} of {} m² required</source>
        <translation>Aportes: {} de {} m² exigidos</translation>
    </message>
    <message>
        <source>Click, or press and draw over several.</source>
        <translation>Haga clic, o arrastre sobre varios.</translation>
    </message>
    <message>
        <source>Let go: paint. Esc: cancel.</source>
        <translation>Suelte: aplicar. Esc: cancelar.</translation>
    </message>
    <message>
        <source>No reserve: lots</source>
        <translation>Sin aporte: lotes</translation>
    </message>
    <message>
        <source>Kind of reserve</source>
        <translation>Tipo de aporte</translation>
    </message>
    <message>
        <source>Paint reserves</source>
        <translation>Asignar aportes reglamentarios</translation>
    </message>
    <message>
        <source>Paint zones</source>
        <translation>Asignar zonificación</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zona</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>En</translation>
    </message>
    <message>
        <source>Move the boundary of two zones</source>
        <translation>Mover el límite entre dos zonas</translation>
    </message>
    <message>
        <source>Drag a boundary or vertex. Click: draw anew.</source>
        <translation>Arrastre límite o vértice. Clic: trazarlo.</translation>
    </message>
    <message>
        <source>Nothing changes.</source>
        <translation>No cambia nada.</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} de {}</translation>
    </message>
</context>
</TS>
